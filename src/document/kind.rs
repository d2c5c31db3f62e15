//! The register of documents: a line each. Formats and templates' names follow from it.

use std::any::Any;
use std::fmt::Debug;

use serde::{Serialize, Serializer};

use super::{Head, Request};

/// A document: a view in one language, final in content and order. What its fields serialise to is what templates get.
///
/// [`DocumentKind`] is their register.
pub trait Document: Any + Debug + Send + Sync + erased_serde::Serialize {
    /// What it says of itself.
    fn head(&self) -> &Head;

    /// The kind.
    fn kind(&self) -> DocumentKind {
        self.head().kind
    }
}

erased_serde::serialize_trait_object!(Document);

impl dyn Document {
    /// The view, where it is of that type.
    pub fn view<V: Document>(&self) -> Option<&V> {
        (self as &dyn Any).downcast_ref()
    }
}

/// What composes a document from what is asked of it.
pub type Composer = fn(Request<'_>) -> Box<dyn Document>;

/// Makes the kinds of documents: a line a kind, with its word in file names, template names and interface keys, and its view.
/// A document that a book fills by itself also names the function that composes it; the others need records, the book's past,
/// or what was built.
macro_rules! kinds {
    ($($kind:ident: $word:literal, $view:ty $(, $compose:path)?;)*) => {
        /// The kinds of documents.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DocumentKind {
            $(#[doc = concat!("`", $word, "`.")] $kind,)*
        }

        impl DocumentKind {
            /// All of them.
            pub const ALL: &'static [DocumentKind] = &[$(DocumentKind::$kind),*];

            /// The word for it in file names, template names and interface keys.
            pub const fn word(self) -> &'static str {
                match self {
                    $(DocumentKind::$kind => $word,)*
                }
            }

            /// What composes it; none where a book alone does not fill it.
            pub fn composer(self) -> Option<Composer> {
                match self {
                    $($(DocumentKind::$kind => Some(|request| Box::new($compose(request))),)?)*
                    _ => None,
                }
            }
        }

        $(impl Document for $view {
            fn head(&self) -> &Head {
                &self.head
            }
        })*
    };
}

impl DocumentKind {
    /// Those that `build` makes of records, where there are any: they tell how it goes.
    pub const OF_RECORDS: [DocumentKind; 5] = [
        DocumentKind::AuditReport,
        DocumentKind::Actions,
        DocumentKind::Feedback,
        DocumentKind::ReviewReport,
        DocumentKind::ReviewChecklist,
    ];
}

kinds! {
    Manual: "manual", super::Manual, super::manual;
    Checklist: "checklist", super::Checklist, super::checklist;
    Matrix: "matrix", super::Matrix, super::matrix;
    Blueprint: "blueprint", super::Blueprint, super::blueprint;
    Quiz: "quiz", super::Questions, super::questions;
    Cards: "cards", super::Cards, super::cards;
    Changes: "changes", super::ChangesView;
    Feedback: "feedback", super::FeedbackView;
    AuditReport: "audit-report", super::AuditReport;
    Actions: "actions", super::ActionsView;
    ReviewDue: "review-due", super::ReviewDue;
    ReviewChecklist: "review-checklist", super::ReviewChecklist;
    ReviewReport: "review-report", super::ReviewReport;
    Why: "why", super::WhyView;
    Portfolio: "portfolio", super::PortfolioView;
    Index: "index", super::BookIndex;
}

impl Serialize for DocumentKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}
