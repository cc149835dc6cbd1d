//! What holds for any listings and any queries.

use proptest::prelude::*;

use super::*;

/// Where a word stands.
type Places = Vec<(ListingId, Fields)>;

/// All that an index knows, whatever way it came to know it.
fn contents(index: &Index) -> Vec<(String, Places, Vec<String>)> {
    let listing = |slot: Slot| index.slots[slot.index()].as_ref().expect("is indexed").listing.id;
    index
        .dictionary
        .all()
        .map(|(word, postings, plurals)| {
            let mut places: Places =
                postings.iter().map(|posting| (listing(posting.slot), posting.fields)).collect();
            places.sort_unstable();
            (word.to_owned(), places, plurals.into_iter().map(str::to_owned).collect())
        })
        .collect()
}

/// One slip of the finger at some place of a word.
#[derive(Debug, Clone, Copy)]
enum Slip {
    Insert(char),
    Delete,
    Replace(char),
    Swap,
}

fn slipped(word: &str, at: usize, slip: Slip) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = at % letters.len();
    match slip {
        Slip::Insert(letter) => letters.insert(at, letter),
        Slip::Delete => _ = letters.remove(at),
        Slip::Replace(letter) => letters[at] = letter,
        Slip::Swap => {
            let first = at.min(letters.len() - 2);
            letters.swap(first, first + 1);
        }
    }
    letters.into_iter().collect()
}

fn slips() -> impl Strategy<Value = Slip> {
    prop_oneof![
        "[a-z]".prop_map(|letter| Slip::Insert(letter.chars().next().unwrap())),
        Just(Slip::Delete),
        "[a-z]".prop_map(|letter| Slip::Replace(letter.chars().next().unwrap())),
        Just(Slip::Swap),
    ]
}

/// A change to a circle.
#[derive(Debug, Clone)]
enum Edit {
    Put { at: u8, owner: u8, title: String, about: String, retired: bool },
    Remove { at: u8 },
    Rename { member: u8, name: String },
    Forget { member: u8 },
}

fn edits() -> impl Strategy<Value = Edit> {
    // Few words, so that they meet, with plurals and accents among them.
    let text = "((tent|tenten|zaag|zagen|knife|knives|café|e-bike|x|de) ){0,6}";
    prop_oneof![
        4 => (0..40u8, 0..4u8, text, text, any::<bool>()).prop_map(
            |(at, owner, title, about, retired)| Edit::Put { at, owner, title, about, retired }
        ),
        2 => (0..40u8).prop_map(|at| Edit::Remove { at }),
        1 => (0..4u8, "(Jan|Ans|Tent|Zoë)").prop_map(|(member, name)| Edit::Rename { member, name }),
        1 => (0..4u8).prop_map(|member| Edit::Forget { member }),
    ]
}

fn apply(circle: &mut CircleView, edit: Edit) {
    match edit {
        Edit::Put { at, owner, title, about, retired } => {
            let mut listing = listing(at, owner, &title);
            listing.general.about = about;
            listing.retired = retired;
            put(circle, listing);
        }
        Edit::Remove { at } => _ = circle.listings.remove(&ListingId::from_bytes([at; 16])),
        Edit::Rename { member, name: called } => name(circle, member, &called),
        Edit::Forget { member } => {
            circle.roster.members.remove(&MemberId::from_bytes([member; 32]));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_title_word_with_one_slip_still_finds_the_listing(
        words in prop::collection::vec("[a-z]{4,12}", 1..5),
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        slip in slips(),
    ) {
        let word = which.get(&words);
        let mut circle = street();
        put(&mut circle, listing(200, JAN, &words.join(" ")));
        let index = index(&circle);
        let typed = slipped(word, at.index(word.len()), slip);
        for query in [typed.clone(), format!("{typed} jan"), format!("{typed} {}", words[0])] {
            let hits = index.find(&query, usize::MAX);
            // A slip that makes a small word of it is passed over, and so hides nothing.
            prop_assert!(
                hits.iter().any(|hit| hit.listing == ListingId::from_bytes([200; 16])),
                "{word} typed as {query}: {hits:?}"
            );
        }
    }

    #[test]
    fn every_slip_in_real_titles_is_forgiven(at in 0..12usize, slip in slips()) {
        let circle = street();
        let index = index(&circle);
        for listing in circle.listings.values() {
            let mut words = Vec::new();
            pieces(&listing.general.title, |piece| if let Piece::Word(word) = piece {
                words.push(word.to_owned());
            });
            for word in words.iter().filter(|word| word.chars().count() >= 4) {
                let typed = slipped(word, at, slip);
                let hits = index.find(&typed, usize::MAX);
                prop_assert!(hits.iter().any(|hit| hit.listing == listing.id), "{word} typed as {typed}");
            }
        }
    }

    #[test]
    fn catching_up_step_by_step_is_as_good_as_starting_anew(
        steps in prop::collection::vec(prop::collection::vec(edits(), 0..8), 1..8),
    ) {
        let mut circle = circle();
        let mut grown = Index::default();
        for edits in steps {
            for edit in edits {
                apply(&mut circle, edit);
            }
            grown.catch_up(&circle);
            let fresh = index(&circle);
            prop_assert_eq!(contents(&grown), contents(&fresh));
            prop_assert_eq!(grown.dictionary.sizes(), fresh.dictionary.sizes());
            for query in ["tent", "jan zaag", "knife", "cafe", "ebike", "zoe", "xent", "t"] {
                prop_assert_eq!(grown.find(query, 9), fresh.find(query, 9), "{}", query);
            }
        }
        grown.catch_up(&super::circle());
        prop_assert_eq!(grown.dictionary.sizes(), (0, 0, 0));
    }

    #[test]
    fn any_text_and_any_query_are_taken(
        titles in prop::collection::vec(any::<String>(), 1..6),
        about in ".{0,300}",
        query in any::<String>(),
        limit in any::<usize>(),
    ) {
        let mut circle = circle();
        for (at, title) in (1..).zip(&titles) {
            let mut listing = listing(at, JAN, title);
            listing.general.about.clone_from(&about);
            put(&mut circle, listing);
        }
        let index = index(&circle);
        prop_assert!(index.find(&query, limit).len() <= limit.min(titles.len()));
        let mut words = 0;
        pieces(&titles[0], |_| words += 1);
        if words > 0 && titles[0].len() <= MAX_QUERY {
            let hits = index.find(&titles[0], usize::MAX);
            prop_assert!(hits.iter().any(|hit| hit.listing == ListingId::from_bytes([1; 16])));
        }
    }
}
