//! Two wordings, word by word.

use similar::{ChangeTag, TextDiff};

use crate::text::single_spaced;

/// A stretch of a text that was reworded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// In both wordings.
    Same(String),
    /// In the former one only.
    Gone(String),
    /// In the new one only.
    New(String),
}

/// Wordings that have less than this in common are two texts and not one that was changed; shown word by word nobody could
/// read them.
const LEAST_ALIKE: f32 = 0.4;

/// What two wordings share and what they do not, in the order of reading. White space is folded first, since re-wrapping
/// changes nothing.
pub fn rewording(before: &str, after: &str) -> Vec<Stretch> {
    let (before, after) = (single_spaced(before), single_spaced(after));
    let difference = TextDiff::from_words(&*before, &*after);
    let mut parts: Vec<Stretch> = Vec::new();
    for change in difference.iter_all_changes() {
        let text = change.value();
        match (change.tag(), parts.last_mut()) {
            (ChangeTag::Equal, Some(Stretch::Same(last)))
            | (ChangeTag::Delete, Some(Stretch::Gone(last)))
            | (ChangeTag::Insert, Some(Stretch::New(last))) => last.push_str(text),
            (ChangeTag::Equal, _) => parts.push(Stretch::Same(text.to_owned())),
            (ChangeTag::Delete, _) => parts.push(Stretch::Gone(text.to_owned())),
            (ChangeTag::Insert, _) => parts.push(Stretch::New(text.to_owned())),
        }
    }
    drop(difference);
    // By words, since the spaces between them are always alike.
    let count = |text: &str| text.split_whitespace().count();
    let unchanged: usize = parts.iter().map(|part| if let Stretch::Same(text) = part { count(text) } else { 0 }).sum();
    if ((2 * unchanged) as f32) < LEAST_ALIKE * (count(&before) + count(&after)) as f32 {
        let whole = [(before, Stretch::Gone as fn(String) -> Stretch), (after, Stretch::New)];
        return whole
            .into_iter()
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, part)| part(text.into_owned()))
            .collect();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let part = |part: Stretch| match part {
            Stretch::Same(text) => text,
            Stretch::Gone(text) => format!("[-{text}-]"),
            Stretch::New(text) => format!("{{+{text}+}}"),
        };
        rewording(before, after).into_iter().map(part).collect()
    }

    #[test]
    fn shows_the_words_that_changed() {
        assert_eq!(
            shown("The clerk greets\n  the guest within 10 seconds.", "The clerk greets the guest within 5 seconds."),
            "The clerk greets the guest within [-10-]{+5+} seconds."
        );
        assert_eq!(
            shown("Gość dostaje klucz.", "Gość dostaje klucz i mapę."),
            "Gość dostaje [-klucz.-]{+klucz i mapę.+}"
        );
        assert_eq!(shown("a b", "a b"), "a b");
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_or_made_up(before in "[ab ó.\n]{0,30}", after in "[ab ó.\n]{0,30}") {
            let (mut old, mut new) = (String::new(), String::new());
            for part in rewording(&before, &after) {
                match part {
                    Stretch::Same(text) => {
                        old.push_str(&text);
                        new.push_str(&text);
                    }
                    Stretch::Gone(text) => old.push_str(&text),
                    Stretch::New(text) => new.push_str(&text),
                }
            }
            proptest::prop_assert_eq!(old, single_spaced(&before));
            proptest::prop_assert_eq!(new, single_spaced(&after));
        }
    }

    #[test]
    fn shows_two_different_texts_as_two() {
        assert_eq!(
            shown("A bell hangs over the door.", "Whoever pays gets a receipt at once."),
            "[-A bell hangs over the door.-]{+Whoever pays gets a receipt at once.+}"
        );
    }
}
