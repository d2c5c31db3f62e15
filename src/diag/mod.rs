//! Findings as data: what is wrong, where, and how to mend it. Severities are decided in one place ([`Sink`]); a
//! finding becomes text only in [`report`](crate::report).

mod code;
mod rule;
mod sink;

pub use code::{Code, RuleGroup};
pub use rule::Rule;
pub use sink::{Allows, Severities, Sink};

use crate::message::Message;
use crate::say;
use crate::source::Span;

/// How much a remark weighs. `Off` is for the manifest only: such a remark is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Not reported.
    Off,
    /// Worth knowing.
    Note,
    /// Worth mending.
    Warning,
    /// Must be mended: documents are not made.
    Error,
}

impl Severity {
    /// The four words, in the order of weight.
    pub const ALL: [Severity; 4] = [Severity::Off, Severity::Note, Severity::Warning, Severity::Error];

    /// The word for it in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Off => "off",
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The word for it before a finding.
    pub fn title(self) -> Message {
        match self {
            Severity::Off => say!("off"),
            Severity::Note => say!("note"),
            Severity::Warning => say!("warning"),
            Severity::Error => say!("error"),
        }
    }
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub message: Message,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule found it.
    pub code: Code,
    /// The weight; set by the [`Sink`] from the rule's default and the manifest. Before that, the most it can be.
    pub severity: Severity,
    /// What is wrong, in a sentence without a full stop.
    pub message: Message,
    /// What to do about it.
    pub help: Option<Message>,
    /// Where.
    pub span: Span,
    /// Other places that matter.
    pub related: Vec<Related>,
    /// Whether it counts though its entry allows the rule: the permission was given before what it is about came to be.
    pub despite_allow: bool,
}

impl Diagnostic {
    /// A finding of `code` at `span`; the severity is settled by the sink.
    pub fn new(code: Code, span: Span, message: impl Into<Message>) -> Self {
        let message = message.into();
        Diagnostic {
            code,
            severity: Severity::Error,
            message,
            help: None,
            span,
            related: Vec::new(),
            despite_allow: false,
        }
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<Message>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds how to mend it, where that is known.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<impl Into<Message>>) -> Self {
        self.help = help.map(Into::into).or(self.help);
        self
    }

    /// Lets it weigh no more than that, whatever its rule does: where it is not sure.
    #[must_use]
    pub fn at_most(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Lets it count though its entry allows the rule.
    #[must_use]
    pub fn despite_allow(mut self) -> Self {
        self.despite_allow = true;
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<Message>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }
}
