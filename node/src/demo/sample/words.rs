//! What the neighbours of the sample street speak.

/// A language of the sample street.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    English,
    /// Dutch.
    Dutch,
}

/// The same in English and in Dutch.
pub(super) type Both = [&'static str; 2];

impl Tongue {
    /// What is said in this language.
    pub(super) fn say(self, [english, dutch]: Both) -> &'static str {
        match self {
            Self::English => english,
            Self::Dutch => dutch,
        }
    }

    pub(super) fn laptop_of(self, name: &str) -> String {
        match self {
            Self::English => format!("{name}’s laptop"),
            Self::Dutch => format!("Laptop van {name}"),
        }
    }
}
