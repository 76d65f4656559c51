//! Who is at work.

/// The name that is given, or else `ALIGN_WHO`, or the one that somebody is logged in by;
/// empty where there is none.
pub(crate) fn who(given: Option<&str>) -> String {
    let of_environment = || {
        let names = ["ALIGN_WHO", "USER", "USERNAME"];
        names.into_iter().find_map(|name| {
            std::env::var(name).ok().filter(|who| !who.trim().is_empty())
        })
    };
    let who = given.map(ToOwned::to_owned).or_else(of_environment).unwrap_or_default();
    who.trim().to_owned()
}
