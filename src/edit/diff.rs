//! What `--dry-run` prints.

use similar::TextDiff;

use super::FileEdit;

/// The changes as a unified diff that `git apply` takes.
pub fn diff(changes: &[FileEdit]) -> String {
    let mut result = String::new();
    for change in changes {
        let before = change.before.as_deref().unwrap_or("");
        let old = if change.before.is_some() { format!("a/{}", change.path) } else { "/dev/null".to_owned() };
        let difference = TextDiff::from_lines(before, change.after.as_str());
        let shown = difference.unified_diff().context_radius(3).header(&old, &format!("b/{}", change.path)).to_string();
        result.push_str(&shown);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_only_what_changes() {
        let change = |before: Option<&str>, after: &str| FileEdit {
            path: "sequences/a.yaml".to_owned(),
            before: before.map(str::to_owned),
            after: after.to_owned(),
        };
        assert_eq!(
            diff(&[change(Some("id: a\r\nx: 1"), "id: b\r\nx: 1")]),
            "--- a/sequences/a.yaml\n+++ b/sequences/a.yaml\n@@ -1,2 +1,2 @@\n-id: a\r\n+id: b\r\n x: 1\n\\ No newline at end of file\n"
        );
        assert!(
            diff(&[change(None, "id: b\n")])
                .starts_with("--- /dev/null\n+++ b/sequences/a.yaml\n@@ -0,0 +1 @@\n+id: b\n")
        );
        assert_eq!(diff(&[]), "");
    }
}
