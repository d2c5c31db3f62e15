//! How full the pages of a document are: one that leaves a page nearly empty is set once more, tighter, and stays so where
//! that saves a page.

use typst::layout::{Abs, Frame, FrameItem};
use typst_layout::PagedDocument;

/// A page is nearly empty whose text ends above this part of its height.
const NEARLY_EMPTY: f64 = 0.3;
/// What stands so near to the lower edge, in points, is the running foot.
const FOOT: f64 = 56.0;

/// Whether a page after the first is nearly empty: the first may be a cover.
pub(super) fn wastes_paper(document: &PagedDocument) -> bool {
    let is_nearly_empty = |frame: &Frame| {
        let foot = frame.height() - Abs::pt(FOOT);
        end(frame, Abs::zero(), foot) < frame.height() * NEARLY_EMPTY
    };
    document.pages().iter().skip(1).any(|page| is_nearly_empty(&page.frame))
}

/// Where what is seen on a frame that lies at `top` ends, of what ends above `foot`.
fn end(frame: &Frame, top: Abs, foot: Abs) -> Abs {
    let ends = frame.items().map(|(place, item)| {
        let y = top + place.y;
        let lower = match item {
            FrameItem::Group(group) => return end(&group.frame, y + group.transform.ty, foot),
            // At its base line.
            FrameItem::Text(_) => y,
            FrameItem::Shape(shape, _) => y + shape.bbox(false).max.y,
            FrameItem::Image(_, size, _) => y + size.y,
            FrameItem::Link(..) | FrameItem::Tag(_) => return Abs::zero(),
        };
        if lower < foot { lower } else { Abs::zero() }
    });
    ends.fold(Abs::zero(), Abs::max)
}
