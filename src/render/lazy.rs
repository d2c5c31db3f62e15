//! A document as the templates see it: its long list is turned into template values item by item, when the loop comes to
//! it, so that a book of ten thousand standards is never in memory twice.

use std::sync::Arc;

use minijinja::context;
use minijinja::value::{Enumerator, Object, ObjectRepr, Serde, Value};

use crate::document::Document;

/// The names that a template may use. They are the view's fields, as its JSON has them.
pub(super) fn context(document: &Arc<Document>) -> Value {
    match &**document {
        Document::Manual(view) => context! {
            head => Serde(&view.head),
            count => &view.count,
            is_empty => view.is_empty,
            contents => Serde(&view.contents),
            sections => items(document, view.sections.len(), |document, at| match document {
                Document::Manual(view) => view.sections.get(at).map(value),
                _ => None,
            }),
        },
        Document::Checklist(view) => context! {
            head => Serde(&view.head),
            count => &view.count,
            levels => Serde(&view.levels),
            has_critical => view.has_critical,
            has_moments => view.has_moments,
            many_sequences => view.many_sequences,
            form => Serde(&view.form),
            phases => items(document, view.phases.len(), |document, at| match document {
                Document::Checklist(view) => view.phases.get(at).map(value),
                _ => None,
            }),
        },
        Document::Matrix(view) => context! {
            head => Serde(&view.head),
            types => &view.types,
            levels => &view.levels,
            summary => &view.summary,
            percent => view.percent,
            legend => Serde(&view.legend),
            phases => items(document, view.phases.len(), |document, at| match document {
                Document::Matrix(view) => view.phases.get(at).map(value),
                _ => None,
            }),
            roles => items(document, view.roles.len(), |document, at| match document {
                Document::Matrix(view) => view.roles.get(at).map(value),
                _ => None,
            }),
        },
        Document::Blueprint(view) => context! {
            head => Serde(&view.head),
            sheet => Serde(&view.sheet),
            charts => items(document, view.charts.len(), |document, at| match document {
                Document::Blueprint(view) => view.charts.get(at).map(value),
                _ => None,
            }),
        },
        Document::Feedback(view) => Serde(view).into(),
        Document::Changes(view) => Serde(view).into(),
        Document::AuditReport(view) => context! {
            head => Serde(&view.head),
            period => &view.period,
            verdict => Serde(&view.verdict),
            facts => Serde(&view.facts),
            sections => items(document, view.sections.len(), |document, at| match document {
                Document::AuditReport(view) => view.sections.get(at).map(value),
                _ => None,
            }),
        },
        // No template lays these out but the index.
        Document::Quiz(view) => Serde(view).into(),
        Document::Cards(view) => Serde(view).into(),
        Document::ReviewDue(view) => context! {
            head => Serde(&view.head),
            summary => &view.summary,
            gaps => Serde(&view.gaps),
            phases => items(document, view.phases.len(), |document, at| match document {
                Document::ReviewDue(view) => view.phases.get(at).map(value),
                _ => None,
            }),
        },
        Document::ReviewChecklist(view) => context! {
            head => Serde(&view.head),
            name => &view.name,
            opened => &view.opened,
            count => &view.count,
            decisions => Serde(&view.decisions),
            form => Serde(&view.form),
            reviewers => &view.reviewers,
            added => &view.added,
            gaps => Serde(&view.gaps),
            idle_traits => Serde(&view.idle_traits),
            actions => Serde(&view.actions),
            phases => items(document, view.phases.len(), |document, at| match document {
                Document::ReviewChecklist(view) => view.phases.get(at).map(value),
                _ => None,
            }),
        },
        Document::ReviewReport(view) => Serde(view).into(),
        Document::Index(view) => Serde(view).into(),
    }
}

fn value<T: serde::Serialize>(item: &T) -> Value {
    Serde(item).into()
}

fn items(document: &Arc<Document>, length: usize, item: Item) -> Value {
    Value::from_object(Items { document: Arc::clone(document), length, item })
}

/// Makes the value of one item.
type Item = fn(&Document, usize) -> Option<Value>;

struct Items {
    document: Arc<Document>,
    length: usize,
    item: Item,
}

impl std::fmt::Debug for Items {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} items", self.length)
    }
}

impl Object for Items {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        (self.item)(&self.document, key.as_usize()?)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.length)
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::audit::Audits;
    use crate::audit::figures::{Selection, Wanted, figures};
    use crate::book::{Book, Language};
    use crate::document::audit_report::Judged;
    use crate::document::{AuditReport, Request, audit_report, blueprint, checklist, manual, matrix};
    use crate::edition::Filter;
    use crate::method::Standards;

    /// The report of no audits.
    fn report(request: Request<'_>) -> AuditReport {
        let (audits, all) = (Audits::default(), Filter::default());
        let wanted = Wanted { site: None, filter: &all, from: None, to: None, staff: false };
        let selection = Selection::of(request.book, request.standards, &audits, wanted);
        let figures = figures(request.book, request.standards, &audits, &selection);
        audit_report(request, Judged { audits: &audits, selection: &selection, figures: &figures, rows: 10 })
    }

    #[test]
    fn templates_see_every_field_of_a_view() {
        let (book, standards, filter, language) =
            (Book::default(), Standards::default(), Filter::default(), Language::new("en"));
        let request = Request {
            book: &book,
            standards: &standards,
            site: None,
            filter: &filter,
            language: &language,
            today: NaiveDate::default(),
            version: None,
        };
        let documents = [
            Document::Manual(manual(request)),
            Document::Checklist(checklist(request)),
            Document::Matrix(matrix(request)),
            Document::Blueprint(blueprint(request)),
            Document::AuditReport(report(request)),
        ];
        for document in documents {
            let json = serde_json::to_value(&document).unwrap_or_default();
            let mut fields: Vec<String> = json.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect();
            fields.sort_unstable();
            let context = context(&Arc::new(document));
            let mut seen: Vec<String> =
                context.try_iter().into_iter().flatten().map(|key| key.as_str().unwrap_or("").to_owned()).collect();
            seen.sort_unstable();
            assert_eq!(seen, fields);
        }
    }
}
