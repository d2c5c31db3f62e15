//! What the program says is said in every language: each template of the sources, each text of a rule and of the help has a
//! translation with the same holes, and the catalogues hold nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use gamma_ok::check::rules;
use gamma_ok::source::FileId;
use gamma_ok::source::yaml::{self, Node};
use gamma_ok::text::holes;
use serde_json::Value;

use crate::support::{Run, program};

/// Where the catalogues are, one folder a language.
const CATALOGUES: &str = "src/language/messages";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with that ending, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        match path.is_dir() {
            true => found.extend(files(&path, ending)),
            false if path.extension().is_some_and(|found| found == ending) => found.push(path),
            false => {}
        }
    }
    found
}

/// The string literal that `code` begins with, as the compiler reads it, and what follows it.
fn literal(code: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut letters = code.strip_prefix('"')?.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((text, &code[at + 2..])),
            '\\' => match letters.next()?.1 {
                'n' => text.push('\n'),
                '\n' => {
                    let rest = letters.as_str();
                    let skipped = rest.len() - rest.trim_start().len();
                    for _ in rest[..skipped].chars() {
                        letters.next();
                    }
                }
                'u' => {
                    let code = letters.as_str().strip_prefix('{')?.split('}').next()?;
                    text.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32)?);
                    for _ in 0..code.len() + 2 {
                        letters.next();
                    }
                }
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
    None
}

/// The template of one use of a macro, and whether it counts: `"…"`, or `count; "one", "many"`.
fn template(code: &str) -> Option<(String, bool)> {
    let code = code.trim_start();
    if let Some((text, _)) = literal(code) {
        return Some((text, false));
    }
    let (_, forms) = code.split_once(';')?;
    let (_, rest) = literal(forms.trim_start())?;
    let (many, _) = literal(rest.trim_start().strip_prefix(',')?.trim_start())?;
    Some((many, true))
}

/// The templates of a source file, without those of its tests.
fn templates(source: &str) -> Vec<(String, bool)> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = lines.join("\n");
    let mut found = Vec::new();
    for name in ["say!(", "template!("] {
        found.extend(code.match_indices(name).filter_map(|(at, _)| template(&code[at + name.len()..])));
    }
    // What a kind of entry is called: the first line of a `record!`.
    for record in code.split("record! {").skip(1) {
        let line = record.lines().find(|line| line.contains(" = \"") && line.ends_with('{'));
        let what = line.and_then(|line| literal(line.split_once(" = ")?.1));
        found.extend(what.map(|(what, _)| (what, false)));
    }
    found
}

/// Whether there is a letter outside the holes, so that there is something to translate.
fn has_words(template: &str) -> bool {
    let mut text = template.to_owned();
    for hole in holes(template) {
        text = text.replace(&format!("{{{hole}}}"), "");
    }
    text.chars().any(char::is_alphabetic)
}

/// Every text of the program that is said to people, and whether it counts.
fn said() -> BTreeMap<String, bool> {
    let mut said = BTreeMap::new();
    for path in files(&root().join("src"), "rs") {
        said.extend(templates(&fs::read_to_string(path).expect("a source")));
    }
    for rule in rules() {
        said.extend([(rule.summary.to_owned(), false), (rule.why.to_owned(), false)]);
    }
    let mut program = gamma_ok::cli::Cli::command();
    program.build();
    of_command(&program, &mut said);
    meanings(&mut said);
    said.retain(|text, _| has_words(text));
    said
}

/// What the keys and words of the format mean, as an editor shows it beside them.
fn meanings(said: &mut BTreeMap<String, bool>) {
    let schema = |kind: &str| -> Value { Run::of(program(root()).args(["schema", kind])).ends(0).json() };
    let of_files = ["manifest", "sequence", "traits", "roles", "site", "audit", "edition", "review"];
    let mut open: Vec<Value> = of_files.map(schema).into();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                said.extend(map.get("description").and_then(Value::as_str).map(|text| (text.to_owned(), false)));
                open.extend(map.into_iter().map(|(_, value)| value));
            }
            Value::Array(values) => open.extend(values),
            _ => {}
        }
    }
}

fn of_command(command: &clap::Command, said: &mut BTreeMap<String, bool>) {
    let texts =
        [command.get_about(), command.get_long_about(), command.get_after_help(), command.get_after_long_help()];
    said.extend(texts.into_iter().flatten().map(|text| (text.to_string(), false)));
    for argument in command.get_arguments() {
        let texts = [argument.get_help(), argument.get_long_help()];
        said.extend(texts.into_iter().flatten().map(|text| (text.to_string(), false)));
        said.extend(argument.get_help_heading().map(|heading| (heading.to_owned(), false)));
        if argument.get_action().takes_values() {
            said.extend(argument.get_value_names().into_iter().flatten().map(|name| (name.to_string(), false)));
        }
        let values = argument.get_possible_values();
        said.extend(values.iter().filter_map(|value| value.get_help()).map(|text| (text.to_string(), false)));
    }
    command.get_subcommands().for_each(|command| of_command(command, said));
}

/// A translation: its text, or its forms.
type Translation = BTreeMap<String, String>;

/// The languages that have a catalogue.
fn languages() -> Vec<String> {
    let folders = fs::read_dir(root().join(CATALOGUES)).expect("the catalogues");
    let mut tags: Vec<String> =
        folders.map(|folder| folder.expect("a folder").file_name().into_string().expect("a tag")).collect();
    tags.sort();
    tags
}

/// What the catalogue of a language holds, with what is wrong with it.
fn catalogue(tag: &str, wrong: &mut Vec<String>) -> BTreeMap<String, Translation> {
    let mut all = BTreeMap::new();
    for path in files(&root().join(CATALOGUES).join(tag), "yaml") {
        let text = fs::read_to_string(&path).expect("a catalogue");
        let shown = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
        let tree = yaml::parse(FileId(0), &text).unwrap_or_else(|fault| panic!("{shown}: {fault:?}"));
        for item in tree.items() {
            let english = item.get("en").and_then(Node::text);
            let said = item.get(tag);
            let (Some(english), Some(said), 2) = (english, said, item.entries().len()) else {
                wrong.push(format!("{shown}: an entry is not `en: …` and `{tag}: …`: {item:?}"));
                continue;
            };
            let forms = match said.text() {
                Some(text) => [(String::new(), text.to_owned())].into(),
                None => said
                    .entries()
                    .iter()
                    .map(|entry| (entry.key.to_string(), entry.value.text().unwrap_or_default().to_owned()))
                    .collect(),
            };
            if all.insert(english.to_owned(), forms).is_some() {
                wrong.push(format!("{shown}: {english:?} stands twice"));
            }
        }
    }
    all
}

/// The forms that a counted text has in a language.
fn forms(tag: &str) -> BTreeSet<String> {
    let path = root().join("src/language/texts").join(format!("{tag}.yaml"));
    let text = fs::read_to_string(&path).expect("the texts of documents");
    let tree = yaml::parse(FileId(0), &text).expect("YAML");
    let rules = tree.get("plural").expect("its plural").entries();
    let named = rules.iter().map(|entry| entry.key.to_string());
    // Where the rules take every whole number, no other form is needed for a count of things.
    let whole = rules.iter().any(|entry| entry.value.text() == Some("whole"));
    named.chain((!whole).then(|| "other".to_owned())).collect()
}

/// What is wrong with a translation.
fn faults(tag: &str, english: &str, counts: bool, said: &Translation) -> Vec<String> {
    let mut wrong = Vec::new();
    let wanted: BTreeSet<String> = if counts { forms(tag) } else { [String::new()].into() };
    let found: BTreeSet<String> = said.keys().cloned().collect();
    if wanted != found {
        wrong.push(format!("has the forms {found:?}, needs {wanted:?}"));
    }
    for (form, text) in said {
        let mut same: Vec<String> = holes(english);
        if form == "one" && !text.contains("{n}") {
            same.retain(|hole| hole != "n");
        }
        if holes(text) != same {
            wrong.push(format!("has the holes {:?}, English {same:?}", holes(text)));
        }
        if text.trim().is_empty() || (text == english && english.contains(' ')) {
            wrong.push("is not translated".to_owned());
        }
        let end = |text: &str| text.trim_end().chars().last().filter(|last| ".:?…".contains(*last));
        if end(text) != end(english) {
            wrong.push(format!("ends otherwise: {text:?}"));
        }
        // Quotation marks of another language; a straight one belongs to YAML that is shown.
        if let Some(mark) = text.chars().find(|letter| "‘“«»".contains(*letter) || *letter == '„' && tag != "pl")
        {
            wrong.push(format!("has the mark {mark} of another language"));
        }
        // What is in backticks is typed, so it is the same in every language; its order may differ.
        let kept = |text: &str| -> BTreeSet<String> {
            let typed = text.split('`').skip(1).step_by(2);
            typed.filter(|typed| !(typed.starts_with('{') && holes(typed).len() == 1)).map(str::to_owned).collect()
        };
        // The columns of a table have names in each language, and the reader takes any of them.
        let columns = english.contains("column");
        if kept(text) != kept(english) && form != "one" && !columns {
            let different: Vec<_> = kept(text).symmetric_difference(&kept(english)).cloned().collect();
            wrong.push(format!("differs in what stands between backticks: {different:?}"));
        }
    }
    wrong
}

#[test]
fn every_message_is_said_in_every_language() {
    let said = said();
    assert!(said.len() > 300, "the sources are not where this test looks for them: {}", said.len());
    let mut wrong = Vec::new();
    for tag in languages() {
        let catalogue = catalogue(&tag, &mut wrong);
        for (english, counts) in &said {
            match catalogue.get(english) {
                Some(translation) => {
                    let faults = faults(&tag, english, *counts, translation);
                    wrong.extend(faults.into_iter().map(|fault| format!("{tag}: {english:?} {fault}")));
                }
                None => wrong
                    .push(format!("{tag}: no translation of {}: {english:?}", if *counts { "a count" } else { "" })),
            }
        }
        let unused = catalogue.keys().filter(|english| !said.contains_key(*english));
        wrong.extend(unused.map(|english| format!("{tag}: nobody says {english:?} any more")));
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// A text that is made without [`say!`](gamma_ok::say) would be English for ever.
#[test]
fn nothing_is_said_but_by_messages() {
    let makers = ["Usage::new(", "Failure(", ".help(", ".maybe_help(", "remark(", "EditError::usage("];
    let mut wrong = Vec::new();
    for path in files(&root().join("src"), "rs") {
        let source = fs::read_to_string(&path).expect("a source");
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for maker in makers {
            for (at, _) in code.match_indices(maker) {
                let given = code[at + maker.len()..].trim_start();
                if given.starts_with('"') || given.starts_with("format!(") {
                    let line = code[..at].lines().count();
                    wrong.push(format!(
                        "{}:{line}: {maker}{}",
                        path.display(),
                        given.lines().next().unwrap_or_default()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "say it with say!:\n{}", wrong.join("\n"));
}

#[test]
fn the_test_itself_sees_templates() {
    let source = "say!(\"a {b} \\\"c\\\" \\\n   d\", b); // say!(\"e\")\n  // say!(\"no\")\nsay!(n; \"1 f\", \"{n} fs\"); template!(\"g\")\n\
                  record! {\n    /// Doc.\n    Draft = \"a phase\" {\n#[cfg(test)] say!(\"h\")";
    let found = templates(source);
    let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(texts, ["a {b} \"c\" d", "e", "{n} fs", "g", "a phase"]);
    assert_eq!(found.iter().filter(|(_, counts)| *counts).count(), 1);
}

#[test]
fn the_test_itself_sees_faults() {
    let one = |text: &str| -> Translation { [(String::new(), text.to_owned())].into() };
    assert!(faults("pl", "add `{key}: …`", false, &one("dopisz `{key}: …`")).is_empty());
    for bad in
        ["dopisz `{ke}: …`", "dopisz {key}: …", "add `{key}: …`", "dopisz `{key}: …`.", "‘dopisz’ `{key}: …`", ""]
    {
        assert!(!faults("pl", "add `{key}: …`", false, &one(bad)).is_empty(), "{bad}");
    }
    assert!(!faults("pl", "{n} files", true, &one("{n} plików")).is_empty());
    let forms = |texts: [(&str, &str); 3]| texts.map(|(form, text)| (form.to_owned(), text.to_owned())).into();
    let all = forms([("one", "1 plik"), ("few", "{n} pliki"), ("many", "{n} plików")]);
    assert_eq!(faults("pl", "{n} files", true, &all), Vec::<String>::new());
}
