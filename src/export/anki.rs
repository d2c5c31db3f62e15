//! Anki: flash cards as the text file that its importer reads, a line a card.
//!
//! The head says how to read it (docs.ankiweb.net, *Importing: Text files*). Columns are named by number, since the names
//! of a note's fields depend on the language that Anki runs in. The first column is the note's own id, by which a later
//! import finds the card again and puts the new wording in its place.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::fragment::{escaped, prose};
use crate::document::{Card, CardAnswer, Cards};
use crate::text::{hex, single_spaced};

/// Writes flash cards.
///
/// # Errors
/// When `out` cannot be written to.
pub fn anki(deck: &Cards, out: &mut dyn Write) -> io::Result<()> {
    // Two colons would make a deck in a deck.
    let name = single_spaced(&deck.head.book.characters()).replace("::", ":");
    writeln!(out, "#separator:tab\n#html:true\n#notetype:Basic\n#deck:{name}\n#guid column:1\n#tags column:4")?;
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(out);
    for card in &deck.cards {
        let guid = guid(&deck.head.lang, &card.id);
        writer.write_record([guid, front(card), back(card), card.tags.join(" ")])?;
    }
    writer.flush()
}

/// A card's name among the cards of all languages. The book's title is not in it, since that may change as a wording does.
fn guid(lang: &str, id: &str) -> String {
    let digest = Sha256::digest(format!("{}:{lang}{id}", lang.len()));
    hex(&digest[..8])
}

fn front(card: &Card) -> String {
    let place: Vec<String> = card.place.iter().map(prose).collect();
    let about = card.about.as_ref().map(|about| format!("<div><b>{}</b></div>", prose(about))).unwrap_or_default();
    harmless(&format!("<div><small>{}</small></div><div>{}</div>{about}", place.join(" › "), escaped(&card.task)))
}

fn back(card: &Card) -> String {
    let answer = match &card.answer {
        CardAnswer::Lines(lines) => lines.iter().map(|line| format!("<div>{}</div>", prose(line))).collect(),
        CardAnswer::Order(lines) => {
            let lines: String = lines.iter().map(|line| format!("<li>{}</li>", prose(line))).collect();
            format!("<ol>{lines}</ol>")
        }
        CardAnswer::Labelled(lines) => lines
            .iter()
            .map(|(label, line)| format!("<div>{}: <b>{}</b></div>", escaped(label), prose(line)))
            .collect::<String>(),
    };
    let afterwards = card.afterwards.as_ref().map(|text| format!("<div><small>{}</small></div>", prose(text)));
    harmless(&format!("{answer}{}", afterwards.unwrap_or_default()))
}

/// Anki takes `[sound:…]` and `[latex]` for commands, wherever they stand.
fn harmless(html: &str) -> String {
    html.replace('[', "&#91;")
}
