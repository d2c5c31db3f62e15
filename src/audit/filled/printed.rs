//! What a form printed beside an item, and whether somebody wrote into it.

use super::Placer;
use crate::edition::Reference;
use crate::forms::{Form, is, short};
use crate::say;
use crate::text::folded;

impl Placer<'_, '_> {
    /// Refuses items into whose own text somebody wrote: no record holds that.
    pub(super) fn printed(&mut self, form: &Form) {
        for item in &form.items {
            let Reference { id, stamp } = Reference::parse(&item.reference);
            let Some(standard) = self.index.standard(id).filter(|standard| stamp == Some(standard.stamp.as_str()))
            else {
                continue;
            };
            let wordings = standard.text.0.iter().map(|worded| worded.text.as_str());
            if is_written_into(&item.text, wordings) {
                let message = say!("somebody wrote into the text of this item: `{text}`", text = short(&item.text));
                let help = say!("write it as a note of the item, and leave the text as the form had it");
                self.refuse(&item.place, message, Some(help));
            }
        }
    }
}

/// Whether a line holds all words of a text in their order, and others among or behind them.
fn is_written_into<'t>(line: &str, wordings: impl Iterator<Item = &'t str>) -> bool {
    let words = |text: &str| -> Vec<String> {
        folded(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let parts: Vec<Vec<String>> = line.split(" · ").flat_map(bare).map(words).collect();
    let wordings: Vec<Vec<String>> = wordings.map(words).collect();
    let is_among = |text: &Vec<String>, part: &Vec<String>| {
        let mut rest = part.iter();
        text.len() >= FEW && text.iter().all(|word| rest.any(|other| other == word))
    };
    !wordings.iter().any(|text| parts.contains(text))
        && wordings.iter().any(|text| parts.iter().any(|part| is_among(text, part)))
}

/// A text of fewer words may be among those of another by chance.
const FEW: usize = 3;

/// A part of a line, and what it is without what the form itself puts before and behind a text: that it is a hand-off, a
/// draft, or in another language.
fn bare(part: &str) -> Vec<&str> {
    let text = part.split_once(". ").filter(|(first, _)| is(first, "checklist.handoff")).map_or(part, |(_, rest)| rest);
    let mut all = vec![part, text];
    let mut text = text.trim();
    while let Some((rest, _)) = text.trim_end_matches('*').strip_suffix(')').and_then(|inside| inside.rsplit_once('('))
    {
        text = rest.trim_end_matches([' ', '*']);
        all.push(text);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_among_or_behind_a_text_are_found() {
        let text = "The `desk` is clear at 8.";
        let of = |line: &str| is_written_into(line, ["Biurko jest puste o 8.", text].into_iter());
        for line in [
            "**1.** I ▲ · The `desk` is clear at 8. · look",
            "**1.** I · The desk is clear at 8. (draft) · look",
            "**1.** I · The `desk` is clear at 8. *(en)* · look",
            "**1.** I · The desk  is clear at 8. *(en)* (draft) · look · what: **at least 3**",
            "**1.** I · Hand-off. The desk is clear at 8. · look",
            "**1.** I · Biurko jest puste o 8. · look",
            "**1.** I · Something else · look",
            "",
        ] {
            assert!(!of(line), "{line}");
        }
        for line in [
            "**1.** I · The `desk` is not clear at 8. · look",
            "**1.** I · The `desk` is clear at 8. It was dusty · look",
            "**1.** I · NO! The `desk` is clear at 8. · look",
            "**1.** I · Biurko wcale nie jest puste o 8. · look",
        ] {
            assert!(of(line), "{line}");
        }
    }
}
