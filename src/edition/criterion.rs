//! The table of filters: what standards can be picked by, how that is called everywhere, and what of a standard it looks at.
//!
//! A filter is one entry here. The options of commands, the keys of a record's `scope` with their schema, and what forms and
//! documents say of their limits follow from it; a document's label is the text `limit.KEY`.

use schemars::{Schema, SchemaGenerator};

use crate::book::decode::{Cx, Decode, OneOrMany};
use crate::book::draft::Name;
use crate::book::{Aspect, Book, Id, Level, Phase, Procedure, Sequence, Spanned, StandardType, Text, Word};
use crate::diag::Code;
use crate::message::Message;
use crate::method::{Cell, Standard};
use crate::say;
use crate::source::yaml::Node;

/// One filter.
struct Criterion {
    key: &'static str,
    doc: &'static str,
    value_name: &'static str,
    help: &'static str,
    values: Values,
    /// The values that a standard has: it is picked by any of them.
    of_standard: for<'a> fn(&'a Book, &'a Standard) -> Vec<&'a str>,
    /// The values that a cell of the matrix has; none where only standards have any.
    of_cell: Option<for<'a> fn(&'a Book, &'a Cell) -> Vec<&'a str>>,
}

/// What the values of a filter are.
#[derive(Clone, Copy, Debug)]
pub enum Values {
    /// Ids of things that the book defines.
    Ids(Things),
    /// Words of a closed list.
    Words(Words),
    /// The word of a ladder up to which everything is picked; of several the highest.
    UpTo(Words),
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
pub struct Words {
    /// The group of a document's texts that says them.
    pub texts: &'static str,
    /// All of them, in order.
    pub all: fn() -> Vec<&'static str>,
    many: Reader,
    one: Reader,
}

/// How a value of YAML is read and described.
#[derive(Clone, Copy, Debug)]
struct Reader {
    decode: fn(&Node, &mut Cx) -> Option<Vec<Name>>,
    schema: fn(&mut SchemaGenerator) -> Schema,
}

impl Words {
    const fn of<T: Word>(texts: &'static str) -> Self {
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
        let one = Reader {
            decode: |node, cx| T::decode(node, cx).map(|word| vec![name(word, node)]),
            schema: |generator| generator.subschema_for::<Option<T>>(),
        };
        Words { texts, all: || T::ALL.iter().map(|word| word.word()).collect(), many, one }
    }
}

impl Values {
    fn reader(&self) -> Reader {
        match self {
            Values::Ids(_) => Reader {
                decode: |node, cx| OneOrMany::decode(node, cx).map(|names| names.0),
                schema: |generator| generator.subschema_for::<Option<OneOrMany<Name>>>(),
            },
            Values::Words(words) => words.many,
            Values::UpTo(words) => words.one,
        }
    }
}

/// Makes the table, and the enumeration whose variants name its entries.
macro_rules! filters {
    ($(
        #[doc = $doc:literal]
        $name:ident = $key:literal {
            option: $value_name:literal, $help:literal;
            values: $values:expr;
            standard: $of_standard:expr;
            $(cell: $of_cell:expr;)?
        }
    )+) => {
        /// What standards can be picked by.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum By {
            $(#[doc = $doc] $name),+
        }

        impl By {
            /// All of them, in the order of options, keys and limits.
            pub const ALL: &'static [By] = &[$(By::$name),+];

            /// The keys of all.
            pub const KEYS: &'static [&'static str] = &[$($key),+];

            fn entry(self) -> &'static Criterion {
                match self {
                    $(By::$name => {
                        static ENTRY: Criterion = Criterion {
                            key: $key,
                            doc: $doc,
                            value_name: $value_name,
                            help: $help,
                            values: $values,
                            of_standard: $of_standard,
                            of_cell: filters!(@cell $($of_cell)?),
                        };
                        &ENTRY
                    })+
                }
            }
        }
    };
    (@cell) => { None };
    (@cell $of_cell:expr) => { Some($of_cell) };
}

filters! {
    /// Sequences.
    Sequence = "sequence" {
        option: "ID", "Only this service sequence";
        values: Values::Ids(Things {
            unknown: Code::UnknownSequence,
            noun: || say!("sequence"),
            a_noun: || say!("a sequence"),
            all: |book| book.sequences.iter().map(|sequence| (&sequence.id, &sequence.title)).collect(),
        });
        standard: |book, standard| name(sequence(book, standard.sequence).map(|sequence| &sequence.id));
        cell: |book, cell| name(sequence(book, cell.sequence).map(|sequence| &sequence.id));
    }
    /// Phases.
    Phase = "phase" {
        option: "ID", "Only this phase";
        values: Values::Ids(Things {
            unknown: Code::UnknownPhase,
            noun: || say!("phase"),
            a_noun: || say!("a phase"),
            all: |book| {
                let phases = book.sequences.iter().flat_map(|sequence| &sequence.phases);
                phases.map(|phase| (&phase.id, &phase.title)).collect()
            },
        });
        standard: |book, standard| name(phase(book, standard.sequence, standard.phase).map(|phase| &phase.id));
        cell: |book, cell| name(phase(book, cell.sequence, cell.phase).map(|phase| &phase.id));
    }
    /// Roles.
    Role = "role" {
        option: "ID", "Only what this role keeps, including what it covers for absent roles at the site";
        values: Values::Ids(Things {
            unknown: Code::UnknownRole,
            noun: || say!("role"),
            a_noun: || say!("a role"),
            all: |book| book.roles.iter().map(|role| (&role.id, &role.title)).collect(),
        });
        standard: |_, standard| names(&standard.roles);
    }
    /// Types.
    Type = "type" {
        option: "TYPE", "Only this type";
        values: Values::Words(Words::of::<StandardType>("type"));
        standard: |_, standard| vec![standard.kind.word()];
        cell: |_, cell| vec![cell.kind.word()];
    }
    /// Levels.
    Level = "level" {
        option: "LEVEL", "Only this level";
        values: Values::Words(Words::of::<Level>("level"));
        standard: |_, standard| vec![standard.level.word()];
        cell: |_, cell| vec![cell.level.word()];
    }
    /// Levels up to this one.
    UpTo = "up-to" {
        option: "LEVEL", "Levels up to this one";
        values: Values::UpTo(Words::of::<Level>("level"));
        standard: |_, standard| from(standard.level);
        cell: |_, cell| from(cell.level);
    }
    /// Traits.
    Trait = "trait" {
        option: "ID", "Only what converts this trait";
        values: Values::Ids(Things {
            unknown: Code::UnknownTrait,
            noun: || say!("trait"),
            a_noun: || say!("a trait"),
            all: |book| book.traits.iter().map(|of_trait| (&of_trait.id, &of_trait.title)).collect(),
        });
        standard: |_, standard| names(&standard.traits);
        cell: |_, cell| vec![&cell.of_trait];
    }
    /// Kinds of front-office procedure.
    Procedure = "procedure" {
        option: "KIND", "Only this kind of front-office procedure";
        values: Values::Words(Words::of::<Procedure>("procedure"));
        standard: |_, standard| standard.procedure.map(Procedure::word).into_iter().collect();
    }
    /// Heads of a front-office analysis.
    Aspect = "aspect" {
        option: "ASPECT", "Only this head of a front-office analysis";
        values: Values::Words(Words::of::<Aspect>("aspect"));
        standard: |_, standard| vec![standard.aspect.word()];
    }
}

impl By {
    /// The filter's name: the key of a record's `scope`, and the option.
    pub fn key(self) -> &'static str {
        self.entry().key
    }

    /// The filter of that name.
    pub fn of_key(key: &str) -> Option<By> {
        By::ALL.iter().copied().find(|by| by.key() == key)
    }

    /// What a value is called in the help of its option.
    pub fn value_name(self) -> &'static str {
        self.entry().value_name
    }

    /// What the option's help says.
    pub fn help(self) -> &'static str {
        self.entry().help
    }

    /// What its values are.
    pub fn values(self) -> &'static Values {
        &self.entry().values
    }

    /// Reads the value of the key.
    pub fn decode(self, node: &Node, cx: &mut Cx) -> Option<Vec<Name>> {
        (self.values().reader().decode)(node, cx)
    }

    /// The JSON Schema of the key's value.
    pub fn schema(self, generator: &mut SchemaGenerator) -> Schema {
        let mut schema = (self.values().reader().schema)(generator);
        schema.insert("description".to_owned(), self.entry().doc.trim().into());
        schema
    }

    /// The values that a standard has: it is picked by any of them.
    pub fn of_standard<'a>(self, book: &'a Book, standard: &'a Standard) -> Vec<&'a str> {
        (self.entry().of_standard)(book, standard)
    }

    /// The values that a cell of the matrix has; none where only standards have any.
    pub fn of_cell<'a>(self, book: &'a Book, cell: &'a Cell) -> Option<Vec<&'a str>> {
        self.entry().of_cell.map(|of_cell| of_cell(book, cell))
    }

    /// Whether a cell of the matrix has values of its own; the others are of standards alone.
    pub fn is_of_cells(self) -> bool {
        self.entry().of_cell.is_some()
    }
}

fn sequence(book: &Book, sequence: usize) -> Option<&Sequence> {
    book.sequences.get(sequence)
}

fn phase(book: &Book, at: usize, phase: usize) -> Option<&Phase> {
    sequence(book, at)?.phases.get(phase)
}

fn name(id: Option<&Id>) -> Vec<&str> {
    id.map(|id| id.name.as_str()).into_iter().collect()
}

fn names(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

/// The level and those above it: whoever asks for one of these up to its top asks for this level too.
fn from(level: Level) -> Vec<&'static str> {
    Level::ALL.iter().filter(|top| level <= **top).map(|top| top.word()).collect()
}
