//! What the values of filters are: ids of the book, or words of the format.

use schemars::{Schema, SchemaGenerator};

use crate::book::decode::{Cx, Decode, OneOrMany};
use crate::book::draft::Name;
use crate::book::{Book, Id, Spanned, Text, Word};
use crate::diag::Code;
use crate::message::Message;
use crate::source::yaml::Node;

/// What the values of a filter are.
#[derive(Clone, Copy, Debug)]
pub enum Values {
    /// Ids of things that the book defines.
    Ids(Things),
    /// Words of a closed list.
    Words(ClosedList),
    /// The word of a ladder up to which everything is picked; of several the highest.
    UpTo(ClosedList),
}

/// A kind of thing that has ids.
#[derive(Clone, Copy, Debug)]
pub struct Things {
    /// What is reported of an unknown one.
    pub unknown: Code,
    /// What it is, as in "no *phase* of that name".
    pub noun: fn() -> Message,
    /// The same with an article, as in "is not *a phase*".
    pub a_noun: fn() -> Message,
    /// All of them, with their titles, in the book's order.
    pub all: for<'a> fn(&'a Book) -> Vec<(&'a Id, &'a Text)>,
}

impl Things {
    /// The id as of now of the one that has that id, or had it.
    pub fn find<'a>(&self, book: &'a Book, name: &str) -> Option<&'a Id> {
        let ids: Vec<&Id> = (self.all)(book).into_iter().map(|(id, _)| id).collect();
        let now = ids.iter().find(|id| id.name == name);
        now.or_else(|| ids.iter().find(|id| id.has_been(name))).copied()
    }
}

/// A closed list of words.
#[derive(Clone, Copy, Debug)]
pub struct ClosedList {
    /// The group of a document's texts that says them.
    pub texts: &'static str,
    /// All of them, in order.
    pub all: fn() -> Vec<&'static str>,
    many: Reader,
    single: Reader,
}

/// How a value of YAML is read and described.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader {
    pub(super) decode: fn(&Node, &mut Cx) -> Option<Vec<Name>>,
    pub(super) schema: fn(&mut SchemaGenerator) -> Schema,
}

impl ClosedList {
    pub(super) const fn of<T: Word>(texts: &'static str) -> Self {
        fn name<T: Word>(word: T, node: &Node) -> Name {
            Spanned { value: word.word().to_owned(), span: node.span }
        }
        let many = Reader {
            decode: |node, cx| {
                let words = OneOrMany::<T>::decode(node, cx)?;
                Some(words.0.into_iter().map(|word| name(word, node)).collect())
            },
            schema: |generator| generator.subschema_for::<Option<OneOrMany<T>>>(),
        };
        let single = Reader {
            decode: |node, cx| T::decode(node, cx).map(|word| vec![name(word, node)]),
            schema: |generator| generator.subschema_for::<Option<T>>(),
        };
        ClosedList { texts, all: || T::ALL.iter().map(|word| word.word()).collect(), many, single }
    }
}

impl Values {
    pub(super) fn reader(&self) -> Reader {
        match self {
            Values::Ids(_) => Reader {
                decode: |node, cx| OneOrMany::decode(node, cx).map(|names| names.0),
                schema: |generator| generator.subschema_for::<Option<OneOrMany<Name>>>(),
            },
            Values::Words(words) => words.many,
            Values::UpTo(words) => words.single,
        }
    }
}
