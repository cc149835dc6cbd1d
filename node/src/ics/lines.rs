//! Content lines (RFC 5545, section 3.1): escaped, folded, ended with CR LF.
//!
//! It does not know what the lines say. Whatever neighbours wrote goes through [`Lines::text`], which
//! leaves no character that any reader takes for the end of a line.

/// Bytes in one line, without its end.
const MAX_LINE: usize = 75;

/// Lines of a calendar.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
}

impl Lines {
    /// A line of our own words.
    pub(super) fn raw(&mut self, line: &str) {
        let mut room = MAX_LINE;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = MAX_LINE - 1;
            }
            self.text.push(c);
            room -= c.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    /// A property whose value is somebody's text.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.raw(&format!("{name}:{}", escaped(value)));
    }

    /// All of these lines.
    pub(super) fn append(&mut self, lines: &Self) {
        self.text.push_str(&lines.text);
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// As section 3.3.11 wants text. Every kind of line break becomes `\n`; control characters, and those
/// that turn the reading direction around, become spaces.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut after_cr = false;
    for c in text.chars() {
        match c {
            '\n' if after_cr => {}
            '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => escaped.push(' '),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
        after_cr = c == '\r';
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    /// What a reader makes of it.
    fn read(escaped: &str) -> String {
        let mut read = String::new();
        let mut chars = escaped.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n') => read.push('\n'),
                    Some(other) => read.push(other),
                    None => panic!("a backslash at the end: {escaped}"),
                },
                c => read.push(c),
            }
        }
        read
    }

    #[test]
    fn a_line_is_cut_between_characters_after_at_most_75_bytes() {
        for text in ["x".repeat(75), "x".repeat(76), "é".repeat(200), "🪜".repeat(99), "a".into()]
        {
            let mut lines = Lines::default();
            lines.raw(&text);
            let folded = lines.into_text();
            for line in folded.trim_end().split("\r\n") {
                assert!(line.len() <= 75, "{} bytes: {line}", line.len());
            }
            assert_eq!(unfolded(&folded), format!("{text}\r\n"));
        }
        let mut exact = Lines::default();
        exact.raw(&"x".repeat(75));
        assert_eq!(exact.into_text().lines().count(), 1);
    }

    #[test]
    fn line_breaks_of_every_kind_become_escapes() {
        let text = "a\r\nb\rc\nd\u{2028}e\u{85}f\u{0b}g;h,i\\j\u{202e}k";
        assert_eq!(escaped(text), "a\\nb\\nc\\nd\\ne\\nf g\\;h\\,i\\\\j k");
    }

    proptest! {
        #[test]
        fn no_text_makes_a_second_line(text in any::<String>()) {
            let mut lines = Lines::default();
            lines.text("X", &text);
            let folded = lines.into_text();
            prop_assert!(folded.split("\r\n").all(|line| line.len() <= 75));
            let line = unfolded(&folded);
            prop_assert!(!line.strip_suffix("\r\n").unwrap().contains(char::is_control));
        }

        #[test]
        fn readable_text_is_read_back_as_it_was(text in r"[ -~\nàéñß漢字🪜]{0,200}") {
            prop_assert_eq!(read(&escaped(&text)), text);
        }
    }
}
