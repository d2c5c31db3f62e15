//! Boxes: which of them is ticked, what stands beside it, and where two lines of the form have become one.

use super::boxes::BoxMark;
use super::pieces::{Piece, unescaped};
use super::{About, Reader, merged};
use crate::book::odd_help;
use crate::forms::questions::FieldKind;
use crate::forms::{FormEntry, FormPlace, Refused, short};
use crate::say;

impl Reader<'_> {
    /// A box and the words beside it.
    pub(super) fn tick(&mut self, piece: &Piece, mark: BoxMark, written: &str) {
        let plain = unescaped(written);
        let place = FormPlace::Line(piece.line);
        if self.is_second_box(piece, &plain) {
            return;
        }
        match mark {
            BoxMark::Unclear(sign) => {
                let wrong = say!("`{sign}` in a box may mean yes or no", sign);
                let help = say!("write `[x]` before the one that holds, and leave the others `[ ]`");
                let help = odd_help(&sign.to_string(), ["x"]).unwrap_or(help);
                self.refuse(Refused::new(place, wrong).help(help));
            }
            BoxMark::Empty if plain.is_empty() || self.words.choice(&plain).is_some() => {}
            BoxMark::Empty => {
                let wrong = say!("words stand beside a box that is not ticked: `{words}`", words = short(&plain));
                let help = say!("tick the box, and write the words where the form has a line for them");
                self.refuse(Refused::new(place, wrong).help(help));
            }
            BoxMark::Ticked => {
                let bare = plain.trim_matches(['*', '_', ' ']);
                let choice = self.words.choice(bare).map(|choice| (choice, ""));
                let Some((choice, aside)) = choice.or_else(|| self.words.choice_and(bare)) else {
                    return self.refuse(self.words.no_choice(bare, place));
                };
                if let Some(second) = merged::second_behind_answer(aside, self.words) {
                    return self.run_together(piece.line, second);
                }
                if merged::named(aside).is_some() {
                    return self.run_into(piece.line);
                }
                let field = self.words.questions.item.iter().find(|field| field.kind == FieldKind::Choice);
                let entries = field.map(|field| FormEntry::new(place.clone(), field.name, choice)).into_iter();
                let aside = (!aside.is_empty())
                    .then(|| FormEntry::new(place, self.words.questions.aside, aside.trim_end_matches(')')));
                self.put(piece.line, entries.chain(aside).collect());
            }
        }
    }

    /// Whether a box for the same answer stands in the item already, so that this one is another item's; says so.
    fn is_second_box(&mut self, piece: &Piece, words: &str) -> bool {
        let bare = words.trim_matches(['*', '_', ' ']);
        let choice = self.words.choice(bare).or_else(|| self.words.choice_and(bare).map(|(choice, _)| choice));
        let Some(choice) = choice else { return false };
        if !self.boxes.contains(&choice) {
            self.boxes.push(choice);
            return false;
        }
        let wrong = say!("a box for `{answer}` stands in this item already", answer = short(bare));
        let help = say!(
            "is it the box of another item, whose first line is gone or has lost its `- `? Put that line back; otherwise take \
             out one of the two boxes"
        );
        self.refuse(Refused::new(FormPlace::Line(piece.line), wrong).help(help));
        self.boxes = vec![choice];
        self.about = About::Lost(piece.line, true);
        self.has_lost = true;
        true
    }

    /// Two lines of the form stand on one.
    pub(super) fn run_together(&mut self, line: usize, second: &str) {
        let wrong = say!("two lines of the form have run into one: `{second}`", second = short(second));
        let help = say!("write each box and each label on a line of its own, as the form had it");
        self.refuse(Refused::new(FormPlace::Line(line), wrong).help(help));
    }

    /// The first line of an item stands within words: what follows is about that item, and not about the one above.
    pub(super) fn run_into(&mut self, line: usize) {
        let wrong = say!("the first line of another item has run into these words");
        let help = say!("write that line on its own again, after `- `, as the form had it");
        self.refuse(Refused::new(FormPlace::Line(line), wrong).help(help));
        self.boxes.clear();
        self.about = About::Lost(line, true);
        self.has_lost = true;
    }
}
