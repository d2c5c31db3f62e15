//! The page of the format, from the schemas that editors complete by.

use std::fmt::Write;
use std::path::Path;

use gamma_ok::language::Interface;
use serde_json::Value;

use super::{cell, plain, word};
use crate::support::{Run, program};

/// Every kind of file that a book may have, with all keys.
pub fn page(interface: &'static Interface) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let kinds = Run::of(program(folder).arg("schema")).ends(0).stdout();
    let title = word(interface, ["The files of a book", "Pliki książki", "Bokens filer"]);
    let mut page = format!("# {title}\n\n{}\n", word(interface, ABOUT));
    // What follows the kinds of file is JSON for programs, whose name has no path beside it.
    let kinds = kinds.lines().filter_map(|line| line.split_once(' ')).map(|(kind, files)| (kind, files.trim()));
    for (kind, files) in kinds.filter(|(_, files)| files.ends_with(".yaml")) {
        let schema = Run::of(program(folder).args(["schema", kind])).ends(0).json();
        let _ = write!(page, "\n## {files}\n\n{}\n", about(&schema, interface));
        Writer { root: &schema, kind, interface, done: Vec::new() }.entry(&mut page, &schema, "");
    }
    page
}

const ABOUT: [&str; 3] = [
    "A book is a folder with a `gamma-ok.yaml`. Which keys each of its files has, what they mean and what stands there; \
     **bold** keys must be there. `gamma-ok schema KIND` prints the same for editors, which complete keys by it. A *text* is \
     one sentence in the book's first language, or one for each language: `{en: …, pl: …}`.",
    "Książka to folder z plikiem `gamma-ok.yaml`. Poniżej klucze każdego pliku, ich znaczenie i to, co się w nich wpisuje; \
     klucze **pogrubione** są wymagane. `gamma-ok schema RODZAJ` wypisuje to samo dla edytorów, które dzięki temu podpowiadają \
     klucze. *Tekst* to jedno zdanie w pierwszym języku książki albo po jednym dla każdego języka: `{en: …, pl: …}`.",
    "En bok är en mapp med filen `gamma-ok.yaml`. Här står vilka nycklar varje fil har, vad de betyder och vad som skrivs \
     där; nycklar i **fetstil** måste finnas. `gamma-ok schema SORT` skriver samma sak för textredigerare, som fyller i nycklar \
     med hjälp av det. En *text* är en mening på bokens första språk, eller en för varje språk: `{en: …, sv: …}`.",
];

const LIST: [&str; 3] = ["list:", "lista:", "lista:"];
const SEVERAL: [&str; 3] = ["one or a list:", "jedno albo lista:", "en eller en lista:"];

/// A closed list that is longer than that has a page of its own.
const MOST: usize = 20;

struct Writer<'a> {
    root: &'a Value,
    kind: &'a str,
    interface: &'static Interface,
    /// Definitions that have a section, with its anchor.
    done: Vec<(String, String)>,
}

impl<'a> Writer<'a> {
    /// The keys of an entry as a table, then the entries below them, each with a section.
    fn entry(&mut self, page: &mut String, schema: &'a Value, path: &str) {
        let Some(keys) = schema.get("properties").and_then(Value::as_object) else { return };
        let head =
            [["key", "klucz", "nyckel"], ["meaning", "znaczenie", "betydelse"], ["holds", "zawartość", "innehåll"]]
                .map(|words| word(self.interface, words));
        let _ = write!(page, "\n| {} | {} | {} |\n|---|---|---|\n", head[0], head[1], head[2]);
        let required = schema.get("required").and_then(Value::as_array);
        let mut below: Vec<(String, &Value)> = Vec::new();
        for (key, value) in keys {
            let is_required = required.is_some_and(|keys| keys.iter().any(|one| one == key));
            let shown = if is_required { format!("**`{key}`**") } else { format!("`{key}`") };
            let path = if path.is_empty() { key.clone() } else { format!("{path} › {key}") };
            let holds = self.holds(value, &path, &mut below);
            let _ = writeln!(page, "| {shown} | {} | {} |", cell(&self.meaning(value)), cell(&holds));
        }
        for (path, schema) in below {
            let _ = write!(page, "\n<a id=\"{}\"></a>\n\n### {path}\n", anchor(self.kind, &path));
            let about = about(schema, self.interface);
            if !about.is_empty() {
                let _ = write!(page, "\n{about}\n");
            }
            self.entry(page, schema, &path);
        }
    }

    /// What a value is, in a few words; entries of their own are put on the list of sections to come.
    fn holds(&mut self, schema: &'a Value, path: &str, below: &mut Vec<(String, &'a Value)>) -> String {
        let all = self.expanded(schema);
        let words: Vec<String> = all.iter().filter_map(|schema| self.closed_word(schema)).collect();
        if !words.is_empty() {
            return words.join("<br>");
        }
        let is_scalar = all.iter().any(|schema| {
            let kinds = schema.get("type").map(Value::to_string).unwrap_or_default();
            kinds.contains("string") && !kinds.contains("array")
        });
        if let Some(items) = all.iter().find_map(|schema| schema.get("items")) {
            let inner = self.holds(items, path, below);
            let several = if is_scalar { SEVERAL } else { LIST };
            return format!("{} {inner}", word(self.interface, several));
        }
        let is_noun = all.iter().any(|schema| is_by_language(schema) && schema.get("properties").is_some());
        if let (Some((name, entry)), false) =
            (all.iter().find(|schema| schema.get("properties").is_some()).map(|schema| self.named(schema)), is_noun)
        {
            let known = self.done.iter().find(|(known, _)| *known == name).map(|(_, anchor)| anchor.clone());
            let anchor = known.unwrap_or_else(|| {
                let anchor = anchor(self.kind, path);
                self.done.push((name, anchor.clone()));
                below.push((path.to_owned(), entry));
                anchor
            });
            let entry = format!("[{}](#{anchor})", word(self.interface, ["entry", "wpis", "post"]));
            let or = word(self.interface, ["word or", "słowo albo", "ord eller"]);
            return if is_scalar { format!("{or} {entry}") } else { entry };
        }
        self.simple(&all).to_owned()
    }

    fn simple(&self, all: &[&Value]) -> &'static str {
        let says = |text: &str| all.iter().any(|schema| schema.to_string().contains(text));
        let only = |kind: &str| {
            let several = [serde_json::json!([kind, "null"]), serde_json::json!([kind])];
            let is = |schema: &&&Value| schema["type"] == kind || several.contains(&schema["type"]);
            all.iter().any(|schema| is(&schema))
        };
        let is_text = |schema: &&Value| is_by_language(schema) && schema.get("properties").is_none();
        let words = if all.iter().any(is_text) {
            ["text", "tekst", "text"]
        } else if says("\"90 %\"") {
            ["share: `90 %`", "udział: `90 %`", "andel: `90 %`"]
        } else if says("\"10 s\"") {
            ["number and unit: `10 s`, `80 %`", "liczba z jednostką: `10 s`, `80 %`", "tal och enhet: `10 s`, `80 %`"]
        } else if says("2026-01-15") {
            ["day: `2026-01-15`", "dzień: `2026-01-15`", "dag: `2026-01-15`"]
        } else if only("boolean") {
            ["`true` or `false`", "`true` albo `false`", "`true` eller `false`"]
        } else if only("integer") {
            ["whole number", "liczba całkowita", "heltal"]
        } else if says("additionalProperties") {
            ["`{name: value}`", "`{nazwa: wartość}`", "`{namn: värde}`"]
        } else if says("([.,][0-9]*)?") {
            ["number", "liczba", "tal"]
        } else {
            ["word", "słowo", "ord"]
        };
        word(self.interface, words)
    }

    fn closed_word(&self, schema: &Value) -> Option<String> {
        if let Some(all) = schema.get("enum").and_then(Value::as_array).filter(|all| all.len() <= MOST) {
            return Some(
                all.iter().map(|one| format!("`{}`", one.as_str().unwrap_or_default())).collect::<Vec<_>>().join(", "),
            );
        }
        let word = schema.get("const")?.as_str()?;
        let about = about(schema, self.interface);
        Some(if about.is_empty() { format!("`{word}`") } else { format!("`{word}`: {about}") })
    }

    fn meaning(&self, schema: &'a Value) -> String {
        let own = about(schema, self.interface);
        let referred = || self.referred(schema).map(|schema| about(schema, self.interface)).unwrap_or_default();
        if own.is_empty() { referred() } else { own }
    }

    fn referred(&self, schema: &Value) -> Option<&'a Value> {
        let name = schema.get("$ref")?.as_str()?.strip_prefix("#/$defs/")?.replace("%20", " ").replace("%60", "`");
        self.root.get("$defs")?.get(&name)
    }

    /// A definition with its name, or an entry that has none by what it says.
    fn named(&self, schema: &'a Value) -> (String, &'a Value) {
        let all = self.root.get("$defs").and_then(Value::as_object);
        let name =
            all.into_iter().flatten().find(|(_, known)| std::ptr::eq(*known, schema)).map(|(name, _)| name.clone());
        (name.unwrap_or_else(|| schema.to_string()), schema)
    }

    /// A schema and what it may stand for, references followed.
    fn expanded(&self, schema: &'a Value) -> Vec<&'a Value> {
        let mut all: Vec<&Value> = Vec::new();
        let mut open = vec![schema];
        while let Some(schema) = open.pop() {
            if all.iter().any(|known| std::ptr::eq(*known, schema)) {
                continue;
            }
            all.push(schema);
            open.extend(self.referred(schema));
            for key in ["oneOf", "anyOf", "allOf"] {
                open.extend(schema.get(key).and_then(Value::as_array).into_iter().flatten().rev());
            }
        }
        all
    }
}

fn about(schema: &Value, interface: &'static Interface) -> String {
    plain(interface.translate(schema.get("description").and_then(Value::as_str).unwrap_or_default()))
}

/// Whether the keys of a mapping are tags of languages.
fn is_by_language(schema: &Value) -> bool {
    schema["propertyNames"]["pattern"].as_str().is_some_and(|form| form.starts_with("^[A-Za-z]{2,3}"))
}

fn anchor(kind: &str, path: &str) -> String {
    format!("{kind}-{}", path.replace(" › ", "-"))
}
