//! A draft from outside as an entry of `standards:`.

use crate::edit::append::NewItem;
use crate::edit::emit::YamlBlock;
use crate::text::{shown, single_spaced};

/// A text by language.
pub(crate) type Wordings = Vec<(String, String)>;

/// A draft.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewDraft {
    /// Its id, which nothing else has.
    pub id: String,
    /// What stands above it: where it comes from, what is proposed.
    pub comments: Vec<String>,
    /// Its keys, in the order in which they are to stand.
    pub keys: Vec<(&'static str, DraftValue)>,
}

/// The value of a key.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DraftValue {
    /// A word or a quantity.
    Word(String),
    /// A number or a truth value.
    Bare(String),
    /// Ids: one stands alone.
    Names(Vec<String>),
    /// A text by language.
    Text(Wordings),
    /// Several of them.
    Texts(Vec<Wordings>),
    /// A mapping.
    Map(Vec<(&'static str, DraftValue)>),
    /// Two quantities.
    Pair(String, String),
}

impl NewDraft {
    /// It as an item of a list.
    pub(in crate::edit) fn item<'a>(&'a self, source: &'a str) -> NewItem<'a> {
        Box::new(move |block, width| {
            for comment in &self.comments {
                // A comment ends with its line.
                block.comment(&shown(&single_spaced(comment)));
            }
            block.item(width, |block| {
                block.value("id", &self.id);
                block.value("status", "draft");
                self.keys.iter().for_each(|(key, content)| write(block, key, content, source));
            });
        })
    }
}

fn write(block: &mut YamlBlock, key: &str, content: &DraftValue, source: &str) {
    match content {
        DraftValue::Word(word) => quantity(block, key, word),
        DraftValue::Bare(bare) => block.raw(key, bare),
        DraftValue::Names(names) => match names.as_slice() {
            [] => {}
            [name] => block.value(key, name),
            several => block.flow(key, several.iter().map(String::as_str)),
        },
        DraftValue::Text(texts) => worded(block, key, texts, source),
        DraftValue::Texts(items) => block.under(key, |block| {
            for texts in items {
                match texts.as_slice() {
                    [(tag, text)] if tag == source => block.item_text(text),
                    texts => block.item(2, |block| texts.iter().for_each(|(tag, text)| block.prose(tag, text))),
                }
            }
        }),
        DraftValue::Map(keys) => {
            block.under(key, |block| keys.iter().for_each(|(key, content)| write(block, key, content, source)))
        }
        DraftValue::Pair(low, high) => {
            // Bare counts stand as numbers.
            let bare = low.parse::<f64>().is_ok() && high.parse::<f64>().is_ok();
            match bare {
                true => block.raw(key, &format!("[{low}, {high}]")),
                false => block.flow(key, [low.as_str(), high.as_str()]),
            }
        }
    }
}

/// A quantity or a word; a bare count stands as a number.
fn quantity(block: &mut YamlBlock, key: &str, word: &str) {
    if word.parse::<f64>().is_ok() { block.raw(key, word) } else { block.value(key, word) }
}

/// A text in the source language stands plainly; any other under its language.
pub(super) fn worded(block: &mut YamlBlock, key: &str, texts: &[(String, String)], source: &str) {
    match texts {
        [] => {}
        [(tag, text)] if tag == source => block.prose(key, text),
        texts => block.under(key, |block| texts.iter().for_each(|(tag, text)| block.prose(tag, text))),
    }
}
