//! How far each phase is covered, shown above it.

use lsp_types::{CodeLens, Command};

use super::lines::{Encoding, Lines};
use super::workspace::OpenBook;
use crate::edition::Coverage;
use crate::language::Interface;
use crate::method::MatrixCell;
use crate::say;

/// A line for each phase of a file.
pub(super) fn lenses(open: &OpenBook, path: &str, interface: &Interface, encoding: Encoding) -> Vec<CodeLens> {
    let (Some(opened), Some(file)) = (&open.opened, open.file(path)) else { return Vec::new() };
    let lines = Lines::of(&opened.loaded.sources.get(file).text, encoding);
    let mut all = Vec::new();
    for (sequence_number, sequence) in opened.loaded.book.sequences.iter().enumerate() {
        for (number, phase) in sequence.phases.iter().enumerate().filter(|(_, phase)| phase.id.span.file == file) {
            let is_of_phase = |cell: &&MatrixCell| cell.sequence == sequence_number && cell.phase == number;
            let cells: Vec<&MatrixCell> = opened.standards.cells.iter().filter(is_of_phase).collect();
            let Coverage { covered, wanted } = Coverage::of(&cells);
            if wanted == 0 {
                continue;
            }
            let title = interface.say(&say!("covered: {covered} of {wanted}", covered, wanted));
            all.push(CodeLens {
                range: lines.range(phase.id.span.range()),
                // It tells something and does nothing.
                command: Some(Command { title, command: String::new(), arguments: None }),
                data: None,
            });
        }
    }
    all
}
