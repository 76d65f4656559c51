//! From the probability of a bead among all ladders to its score.
//!
//! The probability says which ladder is best, not whether any is right: where nothing else is
//! on offer, a bead for which no word speaks has .9999. So the score also asks what supports
//! the bead ([`Support`]):
//!
//! * clauses at its borders that fit its neighbours better, and a half that nothing explains,
//!   lower it;
//! * the features of the score depend on one another, and people who align novels by hand agree
//!   in .986 of the beads: beyond [`HIGH`] evidence counts less;
//! * without support, or with far less than the length lets expect, no bead is more than
//!   doubtful.

use crate::align::support::{Support, Supporter};
use crate::types::Bead;

/// Least share of what its words could say that a bead needs to be more than doubtful.
const LITTLE: f32 = 0.12;
/// Highest score of a bead with less.
pub(crate) const DOUBTFUL: f64 = 0.45;
/// Logarithm of the odds beyond which they count less: a probability of .88.
const HIGH: f64 = 2.0;
/// How much of the logarithm of the odds counts beyond.
const BEYOND_HIGH: f64 = 0.43;
/// What a clause that a neighbour draws costs, for each nat that it fits better there.
///
/// Source: logistic regression of right and wrong on the beads of bfsujason/mac (dev) and the
/// speeches of bfsujason/aligner-eval, beside the logarithm of the odds; so is the next.
const DRAWN: f64 = 0.2;
/// What a half costs for which nothing speaks at all.
const UNEXPLAINED: f64 = 0.4;
/// Most nats of a drawn clause that count.
const DRAWN_CAP: f64 = 8.0;
/// Logarithms of odds beyond this, on either side, are taken as this.
const MOST_ODDS: f64 = 14.0;

/// The score of a bead with both sides, whose score so far is its probability.
pub(crate) fn score_of(bead: &Bead, supporter: &mut Supporter<'_>) -> f64 {
    score(bead.score, supporter.support(bead.range.zh.clone(), bead.range.en.clone()))
}

/// The score of a bead of this probability.
fn score(probability: f64, support: Support) -> f64 {
    let odds = probability / (1.0 - probability).max(f64::MIN_POSITIVE);
    let mut odds = odds.ln().clamp(-MOST_ODDS, MOST_ODDS);
    odds -= DRAWN * f64::from(support.drawn).min(DRAWN_CAP);
    odds -= UNEXPLAINED * f64::from(1.0 - support.lesser_half.clamp(0.0, 1.0));
    if odds > HIGH {
        odds = HIGH + (odds - HIGH) * BEYOND_HIGH;
    }
    let score = 1.0 / (1.0 + (-odds).exp());
    match support.has_words && support.share() < LITTLE {
        true => score.min(DOUBTFUL),
        false => score,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn support(gained: f32, drawn: f32) -> Support {
        Support { gained, possible: 20.0, lesser_half: 1.0, drawn, has_words: true }
    }

    #[test]
    fn no_bead_without_support_is_more_than_doubtful() {
        assert!(score(0.999_999, support(0.0, 0.0)) < 0.5);
        assert!(score(1.0, support(0.0, 0.0)) < 0.5);
        assert!(score(1.0, support(15.0, 0.0)) > 0.99);
    }

    #[test]
    fn a_bead_of_marks_alone_needs_no_words() {
        assert!(score(0.999_999, Support::default()) > 0.99);
    }

    #[test]
    fn a_clause_that_fits_the_neighbour_better_lowers_the_score() {
        assert!(score(0.99, support(10.0, 6.0)) < score(0.99, support(10.0, 0.0)));
    }

    #[test]
    fn a_score_rises_with_the_probability_and_stays_between_0_and_1() {
        let scores: Vec<f64> = (0..=1000)
            .map(|k| score(f64::from(k) / 1000.0, support(10.0, 0.0)))
            .collect();
        assert!(scores.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)));
    }
}
