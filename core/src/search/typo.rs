//! Slips of the finger: one letter too many, too few, another one, or two neighbours swapped
//! (distance one after Damerau, 1964), and a quick way to see that a word cannot be meant.
//!
//! A dictionary of ten thousand listings has some ten thousand words. Looking at a [`Shape`] of each
//! costs a few microseconds and leaves a handful to compare letter by letter; so there is no tree
//! to keep in step.

/// Which letters a word has, and how many: five bytes that rule out most words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// One bit for each of a to z; then digits; then everything else.
    kinds: u32,
    letters: u8,
}

impl Shape {
    pub(super) fn of(word: &str) -> Self {
        let mut shape = Self::default();
        for c in word.chars() {
            shape.kinds |= 1
                << match c {
                    'a'..='z' => u32::from(c) - u32::from('a'),
                    '0'..='9' => 26,
                    _ => 27,
                };
            shape.letters = shape.letters.saturating_add(1);
        }
        shape
    }

    pub(super) fn letters(self) -> usize {
        self.letters.into()
    }

    /// False if a word of this shape cannot stand within a longer one of the other.
    pub(super) fn may_be_inside(self, longer: Self) -> bool {
        self.letters < longer.letters && self.kinds & !longer.kinds == 0
    }

    /// False if words of these shapes differ by more than one slip.
    pub(super) fn may_be_slip_of(self, other: Self) -> bool {
        self.letters.abs_diff(other.letters) <= 1
            && (self.kinds & !other.kinds).count_ones() <= 1
            && (other.kinds & !self.kinds).count_ones() <= 1
    }
}

/// Whether at most one slip lies between the two.
pub(super) fn is_slip(typed: &str, meant: &str) -> bool {
    if typed.is_ascii() && meant.is_ascii() {
        return differ_once(typed.as_bytes(), meant.as_bytes());
    }
    let [typed, meant] = [typed, meant].map(|word| word.chars().collect::<Vec<_>>());
    differ_once(&typed, &meant)
}

fn differ_once<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    match (&a[same..], &b[same..]) {
        ([], []) => true,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([_, a @ ..], b) if a == b => true,
        (a, [_, b @ ..]) if a == b => true,
        ([a1, a2, a @ ..], [b1, b2, b @ ..]) => a1 == b2 && a2 == b1 && a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_forgiven_and_two_are_not() {
        for (typed, meant, expected) in [
            ("ladder", "ladder", true),
            ("lader", "ladder", true),
            ("laddder", "ladder", true),
            ("ladxer", "ladder", true),
            ("aldder", "ladder", true),
            ("laddre", "ladder", true),
            ("adder", "ladder", true),
            ("ladders", "ladder", true),
            ("λadder", "ladder", true),
            ("λαδα", "λαδ", true),
            ("ader", "ladder", false),
            ("aldedr", "ladder", false),
            ("ladxxr", "ladder", false),
            ("reddal", "ladder", false),
            ("", "ab", false),
        ] {
            assert_eq!(is_slip(typed, meant), expected, "{typed} {meant}");
            assert_eq!(is_slip(meant, typed), expected, "{meant} {typed}");
            let may = Shape::of(typed).may_be_slip_of(Shape::of(meant));
            assert!(may || !expected, "the shape rules out {typed} {meant}");
        }
    }

    #[test]
    fn shapes_rule_out_what_cannot_be_inside() {
        let inside = |a, b| Shape::of(a).may_be_inside(Shape::of(b));
        assert!(inside("machine", "boormachine"));
        assert!(!inside("machine", "machine"));
        assert!(!inside("machine", "keukenladder"));
    }
}
