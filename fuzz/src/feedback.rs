use gamma_ok::feedback::{ResponseSelection, load, rank};
use gamma_ok::source::Sources;

use super::SOUND;

/// A table of what customers said: every row counts or is told, and the ranking counts what was read.
pub fn feedback(data: &[u8]) {
    let world = super::world([("feedback/2026.csv", data.to_vec())]);
    let mut sources = Sources::default();
    let book = &SOUND.loaded.book;
    let feedback = load(&world, &mut sources, book);
    super::point_into_their_files(&sources, &feedback.findings);
    assert!(feedback.left_out == 0 || !feedback.findings.is_empty(), "rows are left out in silence");
    let [low, high] = book.feedback_scale;
    for response in &feedback.responses {
        assert!(response.date <= super::today(), "{response:?} is of a day to come");
        for rating in [response.rating, response.importance].into_iter().flatten() {
            assert!((low..=high).contains(&rating), "{response:?} is off the scale");
        }
    }
    let ranking = rank(&feedback, book, ResponseSelection::default());
    assert_eq!(ranking.responses + ranking.others, feedback.responses.len() as u64);
    for groups in [&ranking.areas, &ranking.phases] {
        for group in groups {
            assert!(group.rank >= 1 && group.rank <= groups.len(), "{group:?}");
            assert!(group.mean.is_none_or(|mean| (low..=high).contains(&mean)), "{group:?}");
            assert!(group.responses <= ranking.responses && group.complaints <= group.responses, "{group:?}");
        }
    }
}
