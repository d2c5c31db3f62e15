//! Tables: which columns are those of the questions, and what a row says of an item apart.

use super::Reader;
use super::pieces::Piece;
use crate::forms::questions::Field;
use crate::forms::{FormEntry, FormItem, FormPlace, PrintedPart};

/// What the columns of a table are.
pub(super) enum Columns {
    /// Those of the questions; none where a head is not known.
    Fields(Vec<Option<&'static Field>>),
    /// A table that the form itself has.
    Printed,
    /// A stranger's.
    Unknown,
}

impl Reader<'_> {
    /// The heads of a table.
    pub(super) fn heads(&mut self, line: usize, heads: &[String]) {
        let columns = self.columns(heads);
        match &columns {
            Columns::Fields(fields) => {
                let unknown = heads.iter().zip(fields).find(|(head, field)| field.is_none() && !head.is_empty());
                if let Some((head, _)) = unknown {
                    self.strange(line, head);
                }
            }
            Columns::Printed => heads.iter().for_each(|head| self.show(line, PrintedPart::Head, head)),
            Columns::Unknown => {
                if let Some(head) = heads.iter().find(|head| !head.is_empty()) {
                    self.strange(line, head);
                }
            }
        }
        self.columns = Some(columns);
    }

    fn columns(&self, heads: &[String]) -> Columns {
        let fields: Vec<Option<&'static Field>> = heads.iter().map(|head| self.words.table.find(head)).collect();
        let needed = self
            .words
            .questions
            .table
            .iter()
            .take(2)
            .all(|needed| fields.iter().flatten().any(|field| std::ptr::eq(*field, needed)));
        if needed && !self.words.questions.table.is_empty() {
            Columns::Fields(fields)
        } else if heads.iter().all(|head| self.words.is_printed(head)) {
            Columns::Printed
        } else {
            Columns::Unknown
        }
    }

    pub(super) fn row(&mut self, piece: &Piece, cells: &[String], is_ragged: bool) {
        let place = FormPlace::Line(piece.line);
        let fields = match &self.columns {
            Some(Columns::Fields(fields)) => fields,
            Some(Columns::Printed) => {
                if is_ragged {
                    return self.strange(piece.line, &piece.text);
                }
                return cells.iter().for_each(|cell| self.show(piece.line, PrintedPart::Row, cell));
            }
            _ if cells.iter().all(String::is_empty) && !is_ragged => return,
            _ => return self.strange(piece.line, &piece.text),
        };
        let mut item = FormItem { place: place.clone(), ..FormItem::default() };
        let mut strange = is_ragged.then(|| piece.text.clone());
        for (field, cell) in fields.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            match field {
                Some(field) if std::ptr::eq(*field, &self.words.questions.table[0]) => item.reference = cell.clone(),
                Some(field) => item.entries.push(FormEntry::new(place.clone(), field.name, cell)),
                None => strange = Some(cell.clone()),
            }
        }
        if let Some(strange) = strange {
            self.strange(piece.line, &strange);
        }
        if !item.entries.is_empty() || !item.reference.is_empty() {
            self.form.table.push(item);
        }
    }
}
