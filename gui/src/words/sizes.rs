//! How large something is, as people say it.

use super::{Lang, Words};

impl Words {
    /// Such as “4.2 MB”; of a thousand each, as file managers count.
    pub fn size(&self, bytes: u64) -> String {
        if bytes < 1_000 {
            let count = usize::try_from(bytes).unwrap_or_default();
            return self.tell("size-bytes", &[("count", count.into())]);
        }
        let (key, unit) = match bytes {
            0..1_000_000 => ("size-kb", 1_000),
            1_000_000..1_000_000_000 => ("size-mb", 1_000_000),
            _ => ("size-gb", 1_000_000_000),
        };
        let tenths = bytes.saturating_mul(10) / unit;
        let point = match self.lang() {
            Lang::En => '.',
            Lang::Nl => ',',
        };
        let size = if tenths < 100 {
            format!("{}{point}{}", tenths / 10, tenths % 10)
        } else {
            (tenths / 10).to_string()
        };
        self.tell(key, &[("size", size.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short_and_have_the_point_of_their_language() {
        let (en, nl) = (Words::new(Lang::En), Words::new(Lang::Nl));
        for (bytes, english, dutch) in [
            (999, "999 bytes", "999 bytes"),
            (1_000, "1.0 kB", "1,0 kB"),
            (12_345, "12 kB", "12 kB"),
            (4_260_000, "4.2 MB", "4,2 MB"),
            (7_000_000_000, "7.0 GB", "7,0 GB"),
        ] {
            assert_eq!((en.size(bytes), nl.size(bytes)), (english.to_owned(), dutch.to_owned()));
        }
    }
}
