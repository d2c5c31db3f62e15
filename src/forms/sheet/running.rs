//! The heads and feet that a sheet prints on each page: what somebody typed there is refused.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::FORM_SHEET;
use super::hidden::Hidden;
use super::over::{open, parts, read};
use crate::forms::{FormPlace, Refused, short};
use crate::say;
use crate::text::folded;

/// Words that spreadsheet programs themselves put around the number of a page.
const OF_PAGES: [&str; 9] = ["page", "of", "strona", "z", "str", "sida", "av", "sid", "seite"];

/// Refuses what stands in the running heads and feet of the sheets and is not the form's own.
pub(super) fn heads(bytes: &[u8], hidden: &Hidden) -> Vec<Refused> {
    let Some(mut archive) = open(bytes) else { return Vec::new() };
    let mut refused: Vec<Refused> = Vec::new();
    for (sheet, part) in parts(&mut archive) {
        if sheet == FORM_SHEET {
            continue;
        }
        for (is_foot, written) in written(&read(&mut archive, &part)) {
            // A form of a time when it did not say has its own heads, and no words in its feet.
            if !is_foot && hidden.running.is_empty() {
                continue;
            }
            for text in sections(&written).into_iter().filter(|text| !is_own(text, hidden)) {
                let place = FormPlace::Path(sheet.clone());
                let wrong = say!(
                    "the head or foot that this sheet prints on each page says `{text}`, which no record keeps",
                    text = short(&text)
                );
                let help =
                    say!("write it beside the item that it is about, in the column for notes, and take it out there");
                let refusal = Refused::new(place, wrong).help(help);
                // The same for the first page, for even ones and for the others is one.
                if !refused.contains(&refusal) {
                    refused.push(refusal);
                }
            }
        }
    }
    refused
}

fn is_own(text: &str, hidden: &Hidden) -> bool {
    let of_pages = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || OF_PAGES.contains(&word);
    let text = folded(text);
    hidden.running.contains(&text)
        || text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).all(of_pages)
}

/// The heads and feet of a sheet as its file has them, each with whether it is a foot.
fn written(sheet: &str) -> Vec<(bool, String)> {
    let mut reader = Reader::from_str(sheet);
    let mut found: Vec<(bool, String)> = Vec::new();
    let mut is_open = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => {
                let name = element.local_name();
                let is_foot = name.as_ref().ends_with("Footer");
                is_open = (is_foot || name.as_ref().ends_with("Header")) && name.as_ref() != "headerFooter";
                if is_open {
                    found.push((is_foot, String::new()));
                }
            }
            Event::Text(text) if is_open => {
                found.iter_mut().next_back().into_iter().for_each(|(_, all)| all.push_str(&text))
            }
            Event::GeneralRef(name) if is_open => {
                let character = match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "\u{fffd}",
                };
                found.iter_mut().next_back().into_iter().for_each(|(_, all)| all.push_str(character));
            }
            Event::End(_) => is_open = false,
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// The words of a head's left, middle and right, without the codes that say how they look and what is put in for them.
fn sections(written: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let mut letters = written.chars().peekable();
    while let Some(letter) = letters.next() {
        let code = if letter == '&' { letters.next() } else { None };
        let last = sections.last_mut().into_iter();
        match code {
            None => last.for_each(|section| section.push(letter)),
            Some('&') => last.for_each(|section| section.push('&')),
            Some('L' | 'C' | 'R') => sections.push(String::new()),
            // The name of a font, the number of a colour, a size.
            Some('"') => drop(letters.by_ref().take_while(|letter| *letter != '"').count()),
            Some('K') => drop(letters.by_ref().take(6).count()),
            Some(code) if code.is_ascii_digit() => while letters.next_if(char::is_ascii_digit).is_some() {},
            Some(_) => last.for_each(|section| section.push(' ')),
        }
    }
    let words = |section: &String| section.split_whitespace().collect::<Vec<_>>().join(" ");
    sections.iter().map(words).filter(|section| !section.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_codes() {
        let of = |written: &str| sections(written).iter().map(|text| folded(text)).collect::<Vec<_>>();
        assert_eq!(of("&L&9 Wisła && Son&C&\"Arial,Bold\"&K0b3d6b&14Checklist&R&D"), ["wisła & son", "checklist"]);
        assert_eq!(of("&R&9&P / &N"), ["/"]);
        assert_eq!(of("The lift was broken"), ["the lift was broken"]);
        let own = |text: &str| is_own(text, &Hidden::default());
        assert!(own(" / ") && own("Page 1 of 3") && own("Strona  z ") && !own("Page 3 was not checked"));
    }

    #[test]
    fn heads_and_feet_are_read_as_they_are_written() {
        let sheet = "<worksheet><headerFooter differentFirst=\"1\"><oddHeader>&amp;LA &lt;b&gt;</oddHeader>\
                     <firstFooter>&amp;C&amp;&amp;</firstFooter></headerFooter></worksheet>";
        assert_eq!(written(sheet), [(false, "&LA <b>".to_owned()), (true, "&C&&".to_owned())]);
    }
}
