//! What a new book has beside its texts, so that editors and git know what to do with it: nobody has to set that up.

use serde_json::Value;

use crate::book::{MANIFEST, schema};
use crate::edit::FileEdit;
use crate::language::Interface;
use crate::{audit, edition, review};

/// Where the schemas are; a folder whose name begins with a dot is no part of the book.
const SCHEMAS: &str = ".gamma-ok";

/// What git need not keep: documents can be made again at any time.
const GITIGNORE: &str = "/out/\n";

/// The extension that checks and completes while somebody writes, and the one that reads the schemas where that is not there.
const EXTENSIONS: &str = "{\n  \"recommendations\": [\"gamma-ok.gamma-ok\", \"redhat.vscode-yaml\"]\n}\n";

/// Files are written as the format has them, and never put in another form by an editor.
const SETTINGS: &str = "{\n  \"files.encoding\": \"utf8\",\n  \"[yaml]\": {\n    \"editor.insertSpaces\": true,\n    \"editor.tabSize\": 2,\n    \"editor.detectIndentation\": false,\n    \"editor.formatOnSave\": false,\n    \"editor.quickSuggestions\": { \"other\": true, \"strings\": true }\n  }\n}\n";

/// The kinds of file that have a schema.
const KINDS: [&str; 8] = ["manifest", "sequence", "traits", "roles", "site", "audit", "edition", "review"];

/// The files, for somebody who writes in a language; the manifest is not among them.
pub(super) fn companions(language: &str) -> Vec<FileEdit> {
    let interface = Interface::named(language).unwrap_or_else(Interface::english);
    let file = |path: String, after: String| FileEdit { path, before: None, after };
    let fixed =
        [(".gitignore", GITIGNORE), (".vscode/extensions.json", EXTENSIONS), (".vscode/settings.json", SETTINGS)];
    let schemas = KINDS.iter().filter_map(|kind| {
        let schema = match *kind {
            "audit" => audit::schema(),
            "edition" => edition::schema(),
            "review" => review::schema(),
            kind => schema(kind)?,
        };
        let mut schema = schema.to_value();
        in_words(&mut schema, interface);
        let text = serde_json::to_string_pretty(&schema).ok()?;
        Some(file(format!("{SCHEMAS}/{kind}.json"), text + "\n"))
    });
    fixed.map(|(path, text)| file(path.to_owned(), text.to_owned())).into_iter().chain(schemas).collect()
}

/// Puts what a schema says to people into their language: an editor without the extension shows it.
fn in_words(schema: &mut Value, interface: &Interface) {
    match schema {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    // Under `properties` a key of that name has a schema, and no text.
                    Value::String(text) if key == "description" => *text = interface.translate(text).to_owned(),
                    value if key != "examples" => in_words(value, interface),
                    _ => {}
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| in_words(item, interface)),
        _ => {}
    }
}

/// A file's text with a first line that says which schema it follows, as editors without the extension read it.
pub(super) fn with_modeline(path: &str, text: &str) -> String {
    let kind = match path.split_once('/') {
        None if path == MANIFEST => "manifest",
        None if path == "roles.yaml" => "roles",
        Some(("sequences", _)) => "sequence",
        Some(("traits", _)) => "traits",
        Some(("sites", _)) => "site",
        _ => return text.to_owned(),
    };
    let up = "../".repeat(path.matches('/').count());
    format!("# yaml-language-server: $schema={up}{SCHEMAS}/{kind}.json\n{text}")
}
