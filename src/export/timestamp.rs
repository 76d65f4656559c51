use std::fmt;

/// A moment, in seconds since 1970-01-01 00:00 UTC. Writes itself as `YYYYMMDDThhmmssZ`, the
/// only form of date that readers of TMX agree on.
///
/// It comes in as an argument wherever it is written, so that the same input gives the same
/// bytes.
///
/// ```
/// use bitext::export::Timestamp;
///
/// assert_eq!(Timestamp(1_767_225_600).to_string(), "20260101T000000Z");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub u64);

impl Timestamp {
    /// The same moment with all its marks, as ISO 8601 and its profiles have it:
    /// `2026-01-01T00:00:00Z`.
    pub fn extended(self) -> String {
        let basic = self.to_string();
        let (date, time) = basic.split_at(8);
        let (year, month, day) = (&date[..4], &date[4..6], &date[6..]);
        let (hour, minute, second) = (&time[1..3], &time[3..5], &time[5..]);
        format!("{year}-{month}-{day}T{hour}:{minute}:{second}")
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, second) = (self.0 / 86_400, self.0 % 86_400);
        let (year, month, day) = civil(day);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
    }
}

/// Year, month and day of the Gregorian calendar, of a day counted from 1970-01-01.
///
/// Source: Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, `civil_from_days`;
/// years begin in March there, so that the leap day is the last.
fn civil(day: u64) -> (u64, u64, u64) {
    const DAYS_TO_1970: u64 = 719_468; // from 0000-03-01
    const DAYS_OF_400_YEARS: u64 = 146_097;
    let day = day + DAYS_TO_1970;
    let (era, of_era) = (day / DAYS_OF_400_YEARS, day % DAYS_OF_400_YEARS);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_long_form_has_all_its_marks() {
        assert_eq!(Timestamp(951_782_400).extended(), "2000-02-29T00:00:00Z");
    }

    #[test]
    fn leap_days_and_turns_of_the_year_are_met() {
        assert_eq!(Timestamp(0).to_string(), "19700101T000000Z");
        assert_eq!(Timestamp(951_782_400).to_string(), "20000229T000000Z");
        assert_eq!(Timestamp(1_735_689_599).to_string(), "20241231T235959Z");
        assert_eq!(Timestamp(1_709_251_199).to_string(), "20240229T235959Z");
    }
}
