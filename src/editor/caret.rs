//! Where in the format a caret stands, told from the lines before it: while somebody types, the file can seldom be parsed.
//!
//! Only what the lines look like is read: columns, dashes, keys, brackets. What is unclear is none.

use std::ops::Range;

/// A step of the way from the file's root to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Into the value of a key.
    Key(String),
    /// Into an item of a list.
    Item,
}

/// What may stand where the caret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// A key of the mapping that the way leads to.
    Key,
    /// The value that the way leads to.
    Value,
    /// Either: the beginning of a line that may become `key:` or a text.
    Either,
}

/// A caret in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Caret {
    pub way: Vec<Way>,
    pub stands: Stands,
    /// The word that has been begun, up to its end.
    pub word: Range<usize>,
    /// What is written of it before the caret.
    pub typed: String,
    /// Keys that the mapping has already.
    pub siblings: Vec<String>,
    /// The ids of the entries on the way, with the key of the list they are in: `("phases", "check-in")`.
    pub owners: Vec<(String, String)>,
    /// The column at which a key of this mapping begins; none in brackets.
    pub column: Option<usize>,
}

/// An open collection.
#[derive(Clone, Debug)]
enum Frame {
    Mapping { column: usize, key: String, keys: Vec<String>, id: Option<String> },
    List { column: usize },
}

impl Frame {
    fn column(&self) -> usize {
        match self {
            Frame::Mapping { column, .. } | Frame::List { column } => *column,
        }
    }
}

/// What the lines so far have opened.
#[derive(Default)]
struct OpenFrames {
    frames: Vec<Frame>,
    /// Where the collection in brackets that is open began.
    flow: Option<usize>,
    /// Lines that are deeper than this column belong to a text of several lines.
    prose: Option<usize>,
}

/// Where the caret at a byte of a text stands; none in a comment or in prose.
pub(super) fn caret(text: &str, offset: usize) -> Option<Caret> {
    let before = text.get(..offset)?;
    let mut open = OpenFrames::default();
    let mut start = before.len() - before.trim_start_matches('\u{feff}').len();
    while let Some(length) = before[start..].find('\n') {
        let line = &before[start..start + length];
        open.line(text, start, line.trim_end_matches('\r'));
        start += length + 1;
    }
    open.at_caret(text, start, offset)
}

impl OpenFrames {
    /// Takes in a whole line.
    fn line(&mut self, text: &str, start: usize, line: &str) {
        if let Some(flow) = self.flow {
            let end = start + line.len();
            if flow_state(&text[flow..end]).is_none() {
                self.flow = None;
            }
            return;
        }
        let content = line.trim_start_matches(' ');
        let column = line.len() - content.len();
        if content.is_empty() || self.prose.is_some_and(|prose| column > prose) {
            return;
        }
        self.prose = None;
        if content.starts_with('#') {
            return;
        }
        let (column, content) = self.dashes(column, content);
        let Some((key, value)) = key_and_value(content) else { return };
        self.key(column, &key);
        let value = value.trim_start();
        match value.chars().next() {
            Some('|' | '>') => self.prose = Some(column),
            Some('[' | '{') => {
                let begins = start + line.len() - value.len();
                let is_open = flow_state(&text[begins..start + line.len()]).is_some();
                self.flow = is_open.then_some(begins);
            }
            // The lines of a text that goes on are deeper than its key.
            Some('#') | None => {}
            Some(_) => {
                self.prose = Some(column);
                if let (true, Some(Frame::Mapping { id, .. })) = (key == "id", self.frames.last_mut()) {
                    *id = Some(bare(value).to_owned());
                }
            }
        }
    }

    /// Opens the lists whose dashes begin a line; the column and the content behind them.
    fn dashes<'t>(&mut self, mut column: usize, mut content: &'t str) -> (usize, &'t str) {
        while let Some(rest) = content.strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(' ')) {
            self.frames.retain(|frame| frame.column() <= column);
            if !matches!(self.frames.last(), Some(Frame::List { column: known }) if *known == column) {
                // `key:` and its dashes may begin in the same column.
                self.frames.push(Frame::List { column });
            }
            let behind = rest.trim_start_matches(' ');
            column += content.len() - behind.len();
            content = behind;
        }
        (column, content)
    }

    /// Closes what ends where a key begins in that column.
    fn close(&mut self, column: usize) {
        let ends = |frame: &Frame| match frame {
            Frame::Mapping { column: known, .. } => *known > column,
            Frame::List { column: known } => *known >= column,
        };
        while self.frames.last().is_some_and(ends) {
            self.frames.pop();
        }
    }

    fn key(&mut self, column: usize, name: &str) {
        self.close(column);
        match self.frames.last_mut() {
            Some(Frame::Mapping { column: known, key, keys, .. }) if *known == column => {
                name.clone_into(key);
                keys.push(name.to_owned());
            }
            _ => {
                self.frames.push(Frame::Mapping { column, key: name.to_owned(), keys: vec![name.to_owned()], id: None })
            }
        }
    }

    fn at_caret(mut self, text: &str, start: usize, offset: usize) -> Option<Caret> {
        if let Some(flow) = self.flow {
            return self.in_brackets(text, flow, offset);
        }
        let before = &text[start..offset];
        let content = before.trim_start_matches(' ');
        let column = before.len() - content.len();
        let whole = text[start..].lines().next().unwrap_or("");
        let depth = whole.len() - whole.trim_start_matches(' ').len();
        if self.prose.is_some_and(|prose| if whole.trim().is_empty() { column > prose } else { depth > prose }) {
            return None;
        }
        let (column, content) = self.dashes(column, content);
        if content.starts_with('#') || content.contains(" #") {
            return None;
        }
        match key_and_value(content) {
            Some((key, value)) => {
                self.key(column, &key);
                let value = value.trim_start();
                let begins = offset - value.len();
                match value.chars().next() {
                    Some('[' | '{') => self.in_brackets(text, begins, offset),
                    Some('|' | '>') => None,
                    _ => Some(self.found(text, Stands::Value, begins + quoted(value), offset, Some(column))),
                }
            }
            None if content.starts_with(['[', '{']) => self.in_brackets(text, offset - content.len(), offset),
            None => {
                let after_dash = before.trim_start_matches(' ').starts_with('-');
                if !after_dash {
                    self.close(column);
                    // A line that is no deeper than the mapping's other keys is a key of it.
                    while self.frames.last().is_some_and(|frame| frame.column() > column) {
                        self.frames.pop();
                    }
                }
                let siblings = self.siblings(text, start, column);
                let is_key =
                    matches!(self.frames.last(), Some(Frame::Mapping { column: known, .. }) if *known == column);
                let stands = if is_key { Stands::Key } else { Stands::Either };
                let begins = offset - content.len() + quoted(content);
                let mut found = self.found(text, stands, begins, offset, Some(column));
                if is_key {
                    found.way.pop();
                }
                found.siblings = siblings;
                Some(found)
            }
        }
    }

    /// The keys of the mapping that the caret is in: those above, and those below.
    fn siblings(&self, text: &str, start: usize, column: usize) -> Vec<String> {
        let mut keys = match self.frames.last() {
            Some(Frame::Mapping { column: known, keys, .. }) if *known == column => keys.clone(),
            _ => Vec::new(),
        };
        for line in text[start..].lines().skip(1) {
            let content = line.trim_start_matches(' ');
            let depth = line.len() - content.len();
            if content.is_empty() || content.starts_with('#') || depth > column {
                continue;
            }
            if depth < column || content.starts_with("- ") {
                break;
            }
            keys.extend(key_and_value(content).map(|(key, _)| key));
        }
        keys
    }

    fn in_brackets(&self, text: &str, begins: usize, offset: usize) -> Option<Caret> {
        let state = flow_state(&text[begins..offset])?;
        let mut found = self.found(text, Stands::Value, begins + state.word, offset, None);
        for level in &state.levels {
            match level {
                Level::List => found.way.push(Way::Item),
                Level::Mapping { key: Some(key), .. } => found.way.push(Way::Key(key.clone())),
                Level::Mapping { key: None, keys } => {
                    found.stands = Stands::Key;
                    found.siblings.clone_from(keys);
                }
            }
        }
        Some(found)
    }

    fn found(&self, text: &str, stands: Stands, begins: usize, offset: usize, column: Option<usize>) -> Caret {
        let is_word = |letter: &char| letter.is_alphanumeric() || ['-', '_', '.', '@'].contains(letter);
        let behind: usize = text[offset..].chars().take_while(is_word).map(char::len_utf8).sum();
        let mut owners = Vec::new();
        let mut list = String::new();
        for frame in &self.frames {
            if let Frame::Mapping { key, id, .. } = frame {
                owners.extend(id.clone().map(|id| (list.clone(), id)));
                list.clone_from(key);
            }
        }
        let begins = begins.min(offset);
        Caret {
            way: self.frames.iter().map(way).collect(),
            stands,
            word: begins..offset + behind,
            typed: text[begins..offset].to_owned(),
            siblings: Vec::new(),
            owners,
            column,
        }
    }
}

fn way(frame: &Frame) -> Way {
    match frame {
        Frame::Mapping { key, .. } => Way::Key(key.clone()),
        Frame::List { .. } => Way::Item,
    }
}

/// How many bytes a quotation mark takes that a value begins with.
fn quoted(value: &str) -> usize {
    usize::from(value.starts_with(['"', '\'']))
}

/// A value without the marks around it or the comment behind it.
fn bare(value: &str) -> &str {
    let value = value.split(" #").next().unwrap_or(value).trim();
    value.trim_matches(['"', '\''])
}

/// The key that a line begins with, and what stands behind its colon.
pub(super) fn key_and_value(content: &str) -> Option<(String, &str)> {
    if let Some(quote) = content.chars().next().filter(|first| ['"', '\''].contains(first)) {
        let (key, rest) = content[1..].split_once(quote)?;
        let rest = rest.trim_start().strip_prefix(':')?;
        return Some((key.to_owned(), rest));
    }
    let colons = content.match_indices(':').map(|(offset, _)| offset);
    let offset =
        colons.into_iter().find(|offset| content[offset + 1..].is_empty() || content[offset + 1..].starts_with(' '))?;
    let key = content[..offset].trim_end();
    let is_key = !key.is_empty() && !key.contains(" #") && !key.starts_with(['[', '{', '#', '&', '*', '!', '|', '>']);
    is_key.then(|| (key.to_owned(), &content[offset + 1..]))
}

/// A collection in brackets that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Level {
    List,
    Mapping { key: Option<String>, keys: Vec<String> },
}

/// What is open of a collection in brackets.
struct Flow {
    levels: Vec<Level>,
    /// Where the last word begins.
    word: usize,
}

/// What a text that begins with a bracket leaves open; none where all is closed.
fn flow_state(text: &str) -> Option<Flow> {
    let mut levels: Vec<Level> = Vec::new();
    let mut word = 0;
    let mut quote: Option<char> = None;
    let mut letters = text.char_indices().peekable();
    while let Some((offset, letter)) = letters.next() {
        let next = offset + letter.len_utf8();
        if let Some(open) = quote {
            if letter == open {
                quote = None;
            }
            continue;
        }
        match letter {
            '"' | '\'' if text[word..offset].trim().is_empty() => {
                quote = Some(letter);
                word = next;
            }
            '[' => levels.push(Level::List),
            '{' => levels.push(Level::Mapping { key: None, keys: Vec::new() }),
            ']' | '}' => {
                levels.pop();
                if levels.is_empty() {
                    return None;
                }
            }
            ',' => {
                if let Some(Level::Mapping { key, .. }) = levels.last_mut() {
                    *key = None;
                }
            }
            ':' if letters.peek().is_none_or(|(_, next)| next.is_whitespace()) => {
                if let Some(Level::Mapping { key, keys }) = levels.last_mut() {
                    let name = text[word..offset].trim().trim_matches(['"', '\'']).to_owned();
                    keys.push(name.clone());
                    *key = Some(name);
                }
            }
            _ => continue,
        }
        if quote.is_none() {
            word = next;
        }
    }
    let spaces = text[word..].len() - text[word..].trim_start().len();
    Some(Flow { levels, word: word + spaces })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The caret at `|`, as `way ? typed`.
    fn at(text: &str) -> String {
        let offset = text.find('¦').expect("a caret");
        let text = text.replacen('¦', "", 1);
        let Some(caret) = caret(&text, offset) else { return "none".to_owned() };
        let way: Vec<&str> =
            caret.way.iter().map(|way| if let Way::Key(key) = way { key.as_str() } else { "-" }).collect();
        let sign = match caret.stands {
            Stands::Key => "key",
            Stands::Value => "value",
            Stands::Either => "either",
        };
        format!("{} {sign} {}", way.join("/"), caret.typed).trim().to_owned()
    }

    const SEQUENCE: &str = "id: stay\nphases:\n  - id: check-in # first\n    title: {en: Arrival, pl: Przyjazd}\n    steps:\n      - id: approach\n        staff: |\n          Looks: up\n    traits: [local, \n      friendly]\n";

    #[test]
    fn keys_and_values_of_mappings() {
        assert_eq!(at("¦"), "either");
        assert_eq!(at("ti¦"), "either ti");
        assert_eq!(at("id: x\nti¦"), "key ti");
        assert_eq!(at("id: x\ntitle: ¦"), "title value");
        assert_eq!(at("id: x\ntitle:¦"), "title value");
        assert_eq!(at(&format!("{SEQUENCE}    st¦")), "phases/- key st");
        assert_eq!(at(&format!("{SEQUENCE}    standards:\n      - ¦")), "phases/-/standards/- either");
        assert_eq!(at(&format!("{SEQUENCE}    standards:\n      - id: a\n        ¦")), "phases/-/standards/- key");
        assert_eq!(at(&format!("{SEQUENCE}    standards:\n      - level: ¦")), "phases/-/standards/-/level value");
        assert_eq!(at(&format!("{SEQUENCE}  - ¦")), "phases/- either");
        assert_eq!(at(&format!("{SEQUENCE}ar¦")), "key ar");
    }

    #[test]
    fn lists_in_the_column_of_their_key() {
        assert_eq!(at("phases:\n- id: a\n  traits:\n  - local\n  - fr¦"), "phases/-/traits/- either fr");
        assert_eq!(at("phases:\n- id: a\n  traits:\n  - local\n  ti¦"), "phases/- key ti");
    }

    #[test]
    fn brackets() {
        assert_eq!(at("traits: [loc¦"), "traits/- value loc");
        assert_eq!(at("traits: [local, ¦]"), "traits/- value");
        assert_eq!(at("handoff: {to: acc¦, what: x}"), "handoff/to value acc");
        assert_eq!(at("handoff: {to: a, wh¦}"), "handoff key wh");
        assert_eq!(at("traits: [a,\n  b, ¦"), "traits/- value");
        assert_eq!(at("waive:\n  - {step: a, trait: ¦"), "waive/-/trait value");
        assert_eq!(at("traits: [a]\nro¦"), "key ro");
        assert_eq!(at("title: {en: \"a, b: c\", pl: ¦"), "title/pl value");
    }

    #[test]
    fn nothing_is_proposed_in_prose_and_comments() {
        assert_eq!(at("# a ¦"), "none");
        assert_eq!(at("title: a # b¦"), "none");
        assert_eq!(at("staff: |\n  Looks ¦"), "none");
        assert_eq!(at("why: The guest\n  wants ¦"), "none");
        assert_eq!(at("staff: |\n  Looks\nwh¦"), "key wh");
    }

    #[test]
    fn owners_and_siblings_are_known() {
        let text = format!("{SEQUENCE}    standards:\n      - step: ¦\n        level: basic\n");
        let offset = text.find('¦').expect("a caret");
        let found = caret(&text.replace('¦', ""), offset).expect("a place");
        assert_eq!(found.owners, [(String::new(), "stay".to_owned()), ("phases".to_owned(), "check-in".to_owned())]);
        let text = "id: a\n¦\ntitle: x\nphases:\n  - id: b\n";
        let found = caret(&text.replace('¦', ""), 6).expect("a place");
        assert_eq!(found.siblings, ["id", "title", "phases"]);
    }

    #[test]
    fn every_prefix_of_a_file_has_a_caret_or_none() {
        let text =
            format!("{SEQUENCE}    standards:\n      - {{id: ż, text: \"😀 {{{{ x }}}}\"}}\n\t- x\n-\n- - a: [\n");
        for (offset, _) in text.char_indices() {
            let _ = caret(&text, offset);
            let _ = caret(&text[..offset], offset);
        }
    }
}
