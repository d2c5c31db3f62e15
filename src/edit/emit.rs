//! Writing YAML: texts quoted where YAML needs it and nowhere else, mappings and lists in block form.
//!
//! The one promise is that our parser reads back the very text, whatever it is; a property test holds it to that.

use std::fmt::Write;

/// Where a scalar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// After `key: ` or `- ` on a line of its own.
    Block,
    /// Inside `[…]` or `{…}`.
    Flow,
    /// Before the `:` of a mapping.
    Key,
}

/// A text as a scalar on one line: plain where that reads back as the same text, else in double quotation marks.
pub(crate) fn scalar(text: &str, context: Context) -> String {
    if is_plain(text, context) { text.to_owned() } else { quoted(text) }
}

/// Whether YAML 1.2 reads this plain scalar as a text, not as a number, a truth value or nothing.
pub(crate) fn reads_as_text(text: &str) -> bool {
    let word = matches!(
        text,
        "" | "~"
            | "null"
            | "Null"
            | "NULL"
            | "true"
            | "True"
            | "TRUE"
            | "false"
            | "False"
            | "FALSE"
            | ".nan"
            | ".NaN"
            | ".NAN"
    );
    let digits = text.trim_start_matches(['-', '+']);
    let radix = |mark: &str, radix: u32| {
        digits.strip_prefix(mark).is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_digit(radix)))
    };
    let infinite = matches!(digits, ".inf" | ".Inf" | ".INF");
    let numeric = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') && digits.parse::<f64>().is_ok();
    !(word || infinite || numeric || radix("0x", 16) || radix("0o", 8))
}

fn is_plain(text: &str, context: Context) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let indicators = "-?:,[]{}#&*!|>'\"%@`";
    let printable = |c: char| !c.is_control() && !is_hidden(c);
    let inner = match context {
        Context::Block => true,
        // A colon in brackets or in a key may end the key; prose there is safer in quotation marks.
        Context::Flow | Context::Key => !text.contains([',', '[', ']', '{', '}', ':', '#']),
    };
    inner
        && reads_as_text(text)
        && !indicators.contains(first)
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace)
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.starts_with("...")
        && text.chars().all(printable)
}

/// A text in double quotation marks, every character that a file might lose or a reader not see escaped.
fn quoted(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 2);
    result.push('"');
    for c in text.chars() {
        match c {
            '"' => result.push_str("\\\""),
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            c if c.is_control() || is_hidden(c) => {
                // Writing into a string cannot fail.
                let _ = match c as u32 {
                    code @ 0..=0xff => write!(result, "\\x{code:02x}"),
                    code => write!(result, "\\u{code:04x}"),
                };
            }
            c => result.push(c),
        }
    }
    result.push('"');
    result
}

/// Block mappings and lists, a line at a time.
#[derive(Clone, Debug, Default)]
pub(crate) struct YamlBlock {
    lines: Vec<String>,
    indent: usize,
    /// Whether the next line begins an item of a list, and how far from its dash the keys stand.
    dash: Option<usize>,
}

impl YamlBlock {
    /// An empty block whose lines are indented by so many spaces.
    pub fn new(indent: usize) -> Self {
        YamlBlock { indent, ..YamlBlock::default() }
    }

    /// The lines, joined by `\n`.
    pub fn text(&self) -> String {
        self.lines.join("\n")
    }

    /// A comment on a line of its own.
    pub fn comment(&mut self, text: &str) {
        self.lines.push(format!("{}# {text}", " ".repeat(self.indent)));
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.lines.push(String::new());
    }

    /// `key:`, for somebody to write a value after.
    pub fn empty(&mut self, key: &str) {
        let key = scalar(key, Context::Key);
        self.line(&format!("{key}:"));
    }

    /// `key: value`, the value on one line.
    pub fn value(&mut self, key: &str, value: &str) {
        let value = scalar(value, Context::Block);
        self.raw(key, &value);
    }

    /// `key: value`, the value as it is to stand in the file.
    pub fn raw(&mut self, key: &str, value: &str) {
        let key = scalar(key, Context::Key);
        self.line(&format!("{key}: {value}"));
    }

    /// A text: on the key's line, or as a literal block where it has several lines.
    pub fn prose(&mut self, key: &str, text: &str) {
        if !is_literal(text) {
            return self.value(key, text);
        }
        self.raw(key, "|-");
        for line in text.split('\n') {
            let indent = if line.is_empty() { 0 } else { self.indent + 2 };
            self.lines.push(format!("{}{line}", " ".repeat(indent)));
        }
    }

    /// `key: [a, b]`.
    pub(crate) fn flow<'a>(&mut self, key: &str, items: impl IntoIterator<Item = &'a str>) {
        let items: Vec<String> = items.into_iter().map(|item| scalar(item, Context::Flow)).collect();
        self.raw(key, &format!("[{}]", items.join(", ")));
    }

    /// `key:`, and what `inner` writes two columns further in.
    pub fn under(&mut self, key: &str, inner: impl FnOnce(&mut YamlBlock)) {
        let key = scalar(key, Context::Key);
        self.line(&format!("{key}:"));
        self.indent += 2;
        inner(self);
        self.indent -= 2;
    }

    /// An item of a list that is a mapping, which `inner` writes; its keys stand `width` columns after the dash.
    pub fn item(&mut self, width: usize, inner: impl FnOnce(&mut YamlBlock)) {
        // One column for the dash and one for a space at least.
        let width = width.max(2);
        self.indent += width;
        self.dash = Some(width);
        inner(self);
        self.dash = None;
        self.indent -= width;
    }

    /// An item of a list that is one text.
    pub(crate) fn item_text(&mut self, text: &str) {
        self.lines.push(format!("{}- {}", " ".repeat(self.indent), scalar(text, Context::Block)));
    }

    /// A line that somebody else wrote, at the block's depth.
    pub(crate) fn verbatim(&mut self, line: &str) {
        let indent = if line.is_empty() { 0 } else { self.indent };
        self.lines.push(format!("{}{line}", " ".repeat(indent)));
    }

    fn line(&mut self, line: &str) {
        let start = match self.dash.take() {
            Some(width) => format!("{}-{}", " ".repeat(self.indent - width), " ".repeat(width - 1)),
            None => " ".repeat(self.indent),
        };
        self.lines.push(start + line);
    }
}

/// Whether a text has several lines that a literal block can hold as they are.
fn is_literal(text: &str) -> bool {
    let mut lines = text.split('\n');
    let sound = |line: &str| {
        line.is_empty() || !line.trim().is_empty() && line.chars().all(|c| !c.is_control() && !is_hidden(c))
    };
    let first =
        lines.next().is_some_and(|line| !line.is_empty() && !line.starts_with(char::is_whitespace) && sound(line));
    first && text.contains('\n') && !text.ends_with('\n') && lines.all(sound)
}

/// Marks that an editor or a parser may drop, or take for a line's end.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::FileId;
    use crate::source::yaml::{Value, parse};

    #[test]
    fn quotes_only_what_needs_it() {
        let block = |text| scalar(text, Context::Block);
        for plain in
            ["The guest is greeted.", "18 °C, 22 °C", "it's {{ here }}", "a:b", "50%", "gość", "no", "2026-01-15"]
        {
            assert_eq!(block(plain), plain);
        }
        for other in [
            "",
            "a: b",
            "a #b",
            "{{ customer.one }} is",
            "- a",
            "null",
            "12",
            "1e3",
            "0x1f",
            "true",
            "x:",
            " x",
            "*a",
            "# x",
        ] {
            assert_eq!(block(other), format!("\"{other}\""));
        }
        assert_eq!(scalar("a, b", Context::Flow), "\"a, b\"");
        assert_eq!(block("a\"b\\\u{7}"), "\"a\\\"b\\\\\\x07\"");
    }

    #[test]
    fn blocks_stand_as_a_person_writes_them() {
        let mut block = YamlBlock::new(4);
        block.item(2, |block| {
            block.value("id", "a");
            block.flow("was", ["x.y.z"]);
            block.under("text", |block| block.prose("en", "One: two\nthree\n\n- four"));
            block.under("how", |block| block.item_text("{{ 7*7 }}"));
        });
        let expected = [
            "    - id: a",
            "      was: [x.y.z]",
            "      text:",
            "        en: |-",
            "          One: two",
            "          three",
            "",
            "          - four",
            "      how:",
            "        - \"{{ 7*7 }}\"",
        ];
        assert_eq!(block.text(), expected.join("\n"));
    }

    fn read(text: &str) -> Vec<String> {
        let mut texts = Vec::new();
        let tree = parse(FileId(0), text).unwrap_or_else(|fault| panic!("{fault:?} in {text:?}"));
        super::super::tree::each(&tree, &mut |node| {
            if let Value::Scalar(scalar) = &node.value {
                texts.push(scalar.text.to_string());
            }
        });
        texts
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_reads_back(text in prop_oneof![
            any::<String>(),
            "[-?:,\\[\\]{}#&*!|>'\"%@` \n\ta-c.0-9~\u{85}\u{2028}\u{feff}\\\\]{0,12}",
            "(a|: | #|\\{\\{ 7\\*7 \\}\\}|\n|\r\n|😀|ł|'|\"|null|---|\\.\\.\\.| ){0,8}",
        ]) {
            let mut block = YamlBlock::new(0);
            block.under("list", |block| block.item(3, |block| {
                block.prose("a", &text);
                block.value("b", &text);
                block.flow("c", [text.as_str(), "x", text.as_str()]);
                block.under("d", |block| block.item_text(&text));
            }));
            // Whatever reads the file composes letters and their marks.
            let composed = crate::text::composed(&text);
            let t = &*composed;
            prop_assert_eq!(read(&block.text()), [t, t, t, "x", t, t]);
            // The line ends of the file are no part of the text.
            prop_assert_eq!(read(&block.text().replace('\n', "\r\n")), [t, t, t, "x", t, t]);
            let mut keys = YamlBlock::new(0);
            keys.raw(&text, "x");
            let keys = keys.text();
            let tree = parse(FileId(0), &keys).expect("YAML");
            prop_assert_eq!(crate::text::composed(&tree.entries()[0].key), t);
        }
    }
}
