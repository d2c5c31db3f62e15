//! The table of filters: what standards can be picked by, how that is called everywhere, and what of a standard it looks at.
//!
//! A filter is one entry here. The options of commands, the keys of a record's `scope` with their schema, and what forms and
//! documents say of their limits follow from it; a document's label is the text `limit.KEY`.

use schemars::{Schema, SchemaGenerator};

use super::values::{ClosedList, Things, Values};
use crate::book::decode::Cx;
use crate::book::draft::Name;
use crate::book::{Aspect, Book, Id, Level, Procedure, Sequence, StandardType, Verify};
use crate::diag::Code;
use crate::method::{MatrixCell, Standard};
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
    of_cell: Option<for<'a> fn(&'a Book, &'a MatrixCell) -> Vec<&'a str>>,
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
        pub enum FilterKey {
            $(#[doc = $doc] $name),+
        }

        impl FilterKey {
            /// All of them, in the order of options, keys and limits.
            pub const ALL: &'static [FilterKey] = &[$(FilterKey::$name),+];

            /// The keys of all.
            pub const KEYS: &'static [&'static str] = &[$($key),+];

            /// The same as forms label them.
            pub const LABELS: &'static [&'static str] = &[$(concat!("scope.", $key)),+];

            /// The keys of the texts that documents label them with.
            pub const LIMITS: &'static [&'static str] = &[$(concat!("limit.", $key)),+];

            fn entry(self) -> &'static Criterion {
                match self {
                    $(FilterKey::$name => {
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
                book.phases().map(|phase| (&phase.id, &phase.title)).collect()
            },
        });
        standard: |book, standard| name(book.phase_at(standard.sequence, standard.phase).map(|phase| &phase.id));
        cell: |book, cell| name(book.phase_at(cell.sequence, cell.phase).map(|phase| &phase.id));
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
        values: Values::Words(ClosedList::of::<StandardType>("type"));
        standard: |_, standard| standard.decided_kind().map(StandardType::word).into_iter().collect();
        cell: |_, cell| vec![cell.kind.word()];
    }
    /// Levels.
    Level = "level" {
        option: "LEVEL", "Only this level";
        values: Values::Words(ClosedList::of::<Level>("level"));
        standard: |_, standard| standard.decided_level().map(Level::word).into_iter().collect();
        cell: |_, cell| vec![cell.level.word()];
    }
    /// Levels up to this one.
    UpTo = "up-to" {
        option: "LEVEL", "Levels up to this one";
        values: Values::UpTo(ClosedList::of::<Level>("level"));
        standard: |_, standard| standard.decided_level().map(from).unwrap_or_default();
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
        values: Values::Words(ClosedList::of::<Procedure>("procedure"));
        standard: |_, standard| standard.procedure.map(Procedure::word).into_iter().collect();
    }
    /// Ways to verify.
    Verify = "verify" {
        option: "WAY", "Only what is verified in this way";
        values: Values::Words(ClosedList::of::<Verify>("verify"));
        standard: |_, standard| vec![standard.verify.word()];
    }
    /// Heads of a front-office analysis.
    Aspect = "aspect" {
        option: "ASPECT", "Only this head of a front-office analysis";
        values: Values::Words(ClosedList::of::<Aspect>("aspect"));
        standard: |_, standard| vec![standard.aspect.word()];
    }
}

impl FilterKey {
    /// The filter's name: the key of a record's `scope`, and the option.
    pub fn key(self) -> &'static str {
        self.entry().key
    }

    /// The filter of that name.
    pub fn of_key(key: &str) -> Option<FilterKey> {
        FilterKey::ALL.iter().copied().find(|criterion| criterion.key() == key)
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
    pub fn of_cell<'a>(self, book: &'a Book, cell: &'a MatrixCell) -> Option<Vec<&'a str>> {
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

fn name(id: Option<&Id>) -> Vec<&str> {
    id.map(|id| id.name.as_str()).into_iter().collect()
}

fn names(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

/// The tops of the ladder that include a level: itself and those above.
fn from(level: Level) -> Vec<&'static str> {
    Level::ALL.iter().filter(|top| level <= **top).map(|top| top.word()).collect()
}
