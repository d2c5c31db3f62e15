//! Composing: one view for each document, plain, serialisable, in one language, final in content and order.
//!
//! In: a [`Request`] (book, standards, site, selection, language, day). Out: a [`Document`]. A view knows no format;
//! `render` lays it out and computes no content.

pub mod audit_report;
pub mod blueprint;
mod brand;
pub mod cards;
mod changes;
mod checklist;
mod entry;
mod feedback;
mod form;
mod head;
mod index;
pub mod manual;
mod matrix;
mod prose;
pub mod questions;
pub mod review;
mod scope;

use crate::message::Message;
use crate::say;
use serde::Serialize;

pub use audit_report::{AuditReport, audit_report};
pub use blueprint::{Blueprint, blueprint};
pub use brand::Brand;
pub(crate) use brand::base64;
pub use cards::{Cards, cards};
pub use changes::{ChangesView, changes};
pub use checklist::{Checklist, Item, PhaseItems, StepItems, checklist};
pub use entry::{Entry, HandoffView, MeasureView};
pub use feedback::{FeedbackView, area_title, feedback, low_ratings, mean, verdict};
pub use form::{Form, Limits, SiteChoice};
pub use head::{Head, Limit};
pub use index::{Built, Index, index};
pub use manual::{Manual, manual, manual_since};
pub use matrix::{Matrix, matrix, matrix_by_role};
pub use prose::{Inline, Parts, Prose, is_safe_link};
pub use questions::{Questions, questions};
pub use review::{ReviewChecklist, ReviewDue, ReviewReport, review_checklist, review_due, review_report};
pub use scope::Request;

/// The kinds of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The training manual.
    Manual,
    /// The checklist.
    Checklist,
    /// The matrix of cells.
    Matrix,
    /// The service blueprint.
    Blueprint,
    /// What customers say.
    Feedback,
    /// What changed in the standards.
    Changes,
    /// Questions for a learning platform.
    Quiz,
    /// Flash cards.
    Cards,
    /// The report on audits.
    AuditReport,
    /// What is due for review.
    ReviewDue,
    /// What reviewers decide by.
    ReviewChecklist,
    /// What a review decided.
    ReviewReport,
    /// The page that links everything `build` made.
    Index,
}

impl Kind {
    /// What it is called in a sentence.
    pub fn said(self) -> Message {
        match self {
            Kind::Manual => say!("manual"),
            Kind::Checklist => say!("checklist"),
            Kind::Matrix => say!("matrix"),
            Kind::Blueprint => say!("blueprint"),
            Kind::Feedback => say!("feedback"),
            Kind::Changes => say!("comparison"),
            Kind::Quiz => say!("quiz"),
            Kind::Cards => say!("deck of cards"),
            Kind::AuditReport => say!("audit report"),
            Kind::ReviewDue => say!("list of what is due"),
            Kind::ReviewChecklist => say!("review checklist"),
            Kind::ReviewReport => say!("review report"),
            Kind::Index => say!("index"),
        }
    }

    /// The word for it in file names, template names and interface keys.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Manual => "manual",
            Kind::Checklist => "checklist",
            Kind::Matrix => "matrix",
            Kind::Blueprint => "blueprint",
            Kind::Feedback => "feedback",
            Kind::Changes => "changes",
            Kind::Quiz => "quiz",
            Kind::Cards => "cards",
            Kind::AuditReport => "audit-report",
            Kind::ReviewDue => "review-due",
            Kind::ReviewChecklist => "review-checklist",
            Kind::ReviewReport => "review-report",
            Kind::Index => "index",
        }
    }
}

/// The documents that a book fills by itself; the others need records, its past, or what was built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfBook {
    /// The training manual.
    Manual,
    /// The checklist.
    Checklist,
    /// The matrix of cells.
    Matrix,
    /// The service blueprint.
    Blueprint,
    /// Questions for a learning platform.
    Quiz,
    /// Flash cards.
    Cards,
}

impl OfBook {
    /// Which kind of document it is.
    pub fn kind(self) -> Kind {
        match self {
            OfBook::Manual => Kind::Manual,
            OfBook::Checklist => Kind::Checklist,
            OfBook::Matrix => Kind::Matrix,
            OfBook::Blueprint => Kind::Blueprint,
            OfBook::Quiz => Kind::Quiz,
            OfBook::Cards => Kind::Cards,
        }
    }

    /// The document that is asked for.
    pub fn compose(self, request: Request) -> Document {
        match self {
            OfBook::Manual => Document::Manual(manual(request)),
            OfBook::Checklist => Document::Checklist(checklist(request)),
            OfBook::Matrix => Document::Matrix(matrix(request)),
            OfBook::Blueprint => Document::Blueprint(blueprint(request)),
            OfBook::Quiz => Document::Quiz(questions(request)),
            OfBook::Cards => Document::Cards(cards(request)),
        }
    }
}

/// A document, ready to be laid out.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Document {
    /// The training manual.
    Manual(Manual),
    /// The checklist.
    Checklist(Checklist),
    /// The matrix of cells.
    Matrix(Matrix),
    /// The service blueprint.
    Blueprint(Blueprint),
    /// What customers say.
    Feedback(FeedbackView),
    /// What changed in the standards.
    Changes(ChangesView),
    /// Questions for a learning platform.
    Quiz(Questions),
    /// Flash cards.
    Cards(Cards),
    /// The report on audits.
    AuditReport(AuditReport),
    /// What is due for review.
    ReviewDue(ReviewDue),
    /// What reviewers decide by.
    ReviewChecklist(ReviewChecklist),
    /// What a review decided.
    ReviewReport(ReviewReport),
    /// The page that links everything `build` made.
    Index(Index),
}

impl Document {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Document::Manual(_) => Kind::Manual,
            Document::Checklist(_) => Kind::Checklist,
            Document::Matrix(_) => Kind::Matrix,
            Document::Blueprint(_) => Kind::Blueprint,
            Document::Feedback(_) => Kind::Feedback,
            Document::Changes(_) => Kind::Changes,
            Document::Quiz(_) => Kind::Quiz,
            Document::Cards(_) => Kind::Cards,
            Document::AuditReport(_) => Kind::AuditReport,
            Document::ReviewDue(_) => Kind::ReviewDue,
            Document::ReviewChecklist(_) => Kind::ReviewChecklist,
            Document::ReviewReport(_) => Kind::ReviewReport,
            Document::Index(_) => Kind::Index,
        }
    }

    /// What it says of itself.
    pub fn head(&self) -> &Head {
        match self {
            Document::Manual(manual) => &manual.head,
            Document::Checklist(checklist) => &checklist.head,
            Document::Matrix(matrix) => &matrix.head,
            Document::Blueprint(blueprint) => &blueprint.head,
            Document::Feedback(feedback) => &feedback.head,
            Document::Changes(changes) => &changes.head,
            Document::Quiz(questions) => &questions.head,
            Document::Cards(cards) => &cards.head,
            Document::AuditReport(report) => &report.head,
            Document::ReviewDue(due) => &due.head,
            Document::ReviewChecklist(checklist) => &checklist.head,
            Document::ReviewReport(report) => &report.head,
            Document::Index(index) => &index.head,
        }
    }
}
