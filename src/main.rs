//! The program's edge; see the library's documentation.
fn main() {
    let root = std::env::args().nth(1).unwrap_or_default();
    let world = gamma_ok::source::Disk::new(root.as_ref(), Default::default()).expect("a folder");
    let loaded = gamma_ok::book::load(&world).expect("a book");
    for finding in &loaded.found {
        let (start, _) = loaded.sources.positions(finding.span);
        println!(
            "{}:{}:{} {} {} | {:?}",
            loaded.sources.get(finding.span.file).path,
            start.line,
            start.column,
            finding.code,
            finding.message,
            finding.help
        );
    }
    let standards = gamma_ok::method::standards(&loaded.book);
    println!("{} standards, {} cells", standards.all.len(), standards.cells.len());
    for one in &standards.all {
        println!("{} {} {}", one.id.name, one.stamp, one.text.0.last().map(|w| w.text.as_str()).unwrap_or(""));
    }
}
