//! Translations of what the program says: one folder a language in `messages/`, keyed by the English text.
//!
//! A file is a list of `{en: …, LANGUAGE: …}`; the translation of a message that counts is a map of the plural's forms.

use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, OnceLock};

use include_dir::{Dir, include_dir};

use crate::source::FileId;
use crate::source::yaml::{self, Node};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/language/messages");

/// All catalogues by tag, each read when it is first asked for: who works in English pays nothing.
static CATALOGUES: LazyLock<BTreeMap<String, OnceLock<Catalogue>>> = LazyLock::new(|| {
    let tags = FILES.dirs().filter_map(|folder| folder.path().file_name()?.to_str());
    tags.map(|tag| (tag.to_owned(), OnceLock::new())).collect()
});

/// What the program says, in one language, by the English text.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    texts: HashMap<String, String>,
    /// Of what counts: form → text.
    counts: HashMap<String, BTreeMap<String, String>>,
}

impl Catalogue {
    /// The catalogue of a language; none for English, and for a language that has no folder.
    pub(super) fn of(tag: &str) -> Option<&'static Catalogue> {
        CATALOGUES.get(tag).map(|read| read.get_or_init(|| Catalogue::read(tag)))
    }

    /// The text in place of `english`.
    pub(super) fn text(&self, english: &str) -> Option<&str> {
        self.texts.get(english).map(String::as_str)
    }

    /// The form of a text in place of `english`, or the form that goes with most numbers.
    pub(super) fn count(&self, english: &str, form: &str) -> Option<&str> {
        let forms = self.counts.get(english)?;
        [form, "other", "many"].iter().find_map(|form| forms.get(*form)).map(String::as_str)
    }

    fn read(tag: &str) -> Self {
        let mut catalogue = Catalogue::default();
        for (_, text) in files(tag) {
            // The files are embedded and a test reads each of them, so what cannot be read cannot happen to a user.
            let Ok(root) = yaml::parse(FileId(0), text) else { continue };
            for (english, translation) in entries(&root, tag) {
                match translation.text() {
                    Some(text) => {
                        catalogue.texts.insert(english.to_owned(), text.to_owned());
                    }
                    None => {
                        let forms = translation.entries().iter();
                        let form =
                            |entry: &yaml::Entry<'_>| Some((entry.key.to_string(), entry.value.text()?.to_owned()));
                        catalogue.counts.insert(english.to_owned(), forms.filter_map(form).collect());
                    }
                }
            }
        }
        catalogue
    }
}

/// The files of a language, by name.
fn files(tag: &str) -> impl Iterator<Item = (String, &'static str)> {
    let files = FILES.get_dir(tag).into_iter().flat_map(Dir::files);
    files.filter_map(|file| Some((file.path().display().to_string(), file.contents_utf8()?)))
}

/// English text and what stands in its place.
fn entries<'a>(root: &'a Node<'a>, tag: &'a str) -> impl Iterator<Item = (&'a str, &'a Node<'a>)> {
    root.items().iter().filter_map(move |item| Some((item.get("en")?.text()?, item.get(tag)?)))
}
