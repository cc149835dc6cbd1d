//! Where this machine stands: the time zone and the currency that a new circle most likely wants.

/// The currencies to choose from, with the key of what each is called.
pub const CURRENCIES: [(&str, &str); 10] = [
    ("EUR", "currency-eur"),
    ("GBP", "currency-gbp"),
    ("CHF", "currency-chf"),
    ("DKK", "currency-dkk"),
    ("NOK", "currency-nok"),
    ("SEK", "currency-sek"),
    ("PLN", "currency-pln"),
    ("CZK", "currency-czk"),
    ("USD", "currency-usd"),
    ("CAD", "currency-cad"),
];

/// Where nothing else is known.
const SOMEWHERE: &str = "Europe/Amsterdam";

/// Places by whose clock people pay with something else than the euro, or the dollar in America.
const PAYS: [(&str, &str); 18] = [
    ("Europe/London", "GBP"),
    ("Europe/Belfast", "GBP"),
    ("Europe/Jersey", "GBP"),
    ("Europe/Guernsey", "GBP"),
    ("Europe/Isle_of_Man", "GBP"),
    ("Europe/Zurich", "CHF"),
    ("Europe/Vaduz", "CHF"),
    ("Europe/Copenhagen", "DKK"),
    ("Atlantic/Faroe", "DKK"),
    ("Europe/Oslo", "NOK"),
    ("Europe/Stockholm", "SEK"),
    ("Europe/Warsaw", "PLN"),
    ("Europe/Prague", "CZK"),
    ("America/Toronto", "CAD"),
    ("America/Vancouver", "CAD"),
    ("America/Montreal", "CAD"),
    ("America/Edmonton", "CAD"),
    ("America/Halifax", "CAD"),
];

/// The time zone of this machine, by its IANA name.
pub fn timezone() -> String {
    let zone = jiff::tz::TimeZone::system();
    zone.iana_name().unwrap_or(SOMEWHERE).to_owned()
}

/// The currency of a place, as a guess: by its clock rather than by the language of the machine, which many
/// have in English wherever they live.
pub fn currency(timezone: &str) -> &'static str {
    let known = PAYS.into_iter().find(|(place, _)| *place == timezone);
    match known {
        Some((_, currency)) => currency,
        None if timezone.starts_with("America/") => "USD",
        None => "EUR",
    }
}

/// The city that a time zone is named after.
pub fn city(timezone: &str) -> String {
    timezone.rsplit('/').next().unwrap_or(timezone).replace('_', " ")
}

/// Time zones in whose name this stands, the shortest names first.
pub fn timezones_like(typed: &str) -> Vec<String> {
    let plain = |text: &str| text.trim().to_lowercase().replace('_', " ");
    let typed = plain(typed);
    let all = jiff::tz::db().available().map(|name| name.to_string());
    let mut found: Vec<String> =
        all.filter(|name| name.contains('/') && plain(name).contains(&typed)).collect();
    let begins = |name: &String| plain(&city(name)).starts_with(&typed);
    found.sort_by_key(|name| (!begins(name), name.len(), name.clone()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_pays_as_people_there_do() {
        for (timezone, pays) in [
            ("Europe/Amsterdam", "EUR"),
            ("Europe/London", "GBP"),
            ("Europe/Zurich", "CHF"),
            ("America/New_York", "USD"),
            ("America/Toronto", "CAD"),
            ("Etc/UTC", "EUR"),
        ] {
            assert_eq!(currency(timezone), pays, "{timezone}");
            assert!(CURRENCIES.iter().any(|(code, _)| *code == pays));
        }
    }

    #[test]
    fn zones_are_found_by_what_people_type() {
        assert_eq!(timezones_like("amster")[0], "Europe/Amsterdam");
        assert_eq!(timezones_like("new york")[0], "America/New_York");
        assert!(timezones_like("Nowhere at all").is_empty());
        assert_eq!(city("America/New_York"), "New York");
        assert_eq!(city("UTC"), "UTC");
    }
}
