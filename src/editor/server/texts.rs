//! What the editor tells of its texts and of files that changed on the disk.

use std::path::PathBuf;

use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::editor::address::path_of;
use crate::editor::lines::{Encoding, Lines};
use crate::editor::workspace::{OpenText, Workspace};

/// No text that an editor sends is longer: a book's file has at most 4 MiB.
const MAX_TEXT: usize = 16 * 1024 * 1024;

/// Takes in what the editor tells; what is not understood is passed over, as the protocol has it.
///
/// # Errors
/// What is wrong with it, for the editor's log.
pub(super) fn note(workspace: &mut Workspace, encoding: Encoding, method: &str, params: Value) -> Result<(), String> {
    match method {
        "initialized" => {
            workspace.open_folders();
            Ok(())
        }
        "textDocument/didOpen" => opened(workspace, read(params)?),
        "textDocument/didChange" => changed(workspace, encoding, read(params)?),
        "textDocument/didClose" => {
            let params: DidCloseTextDocumentParams = read(params)?;
            with(workspace, params.text_document.uri.as_str(), |book, path| {
                book.texts.remove(path);
                book.touch();
            });
            Ok(())
        }
        "textDocument/didSave" => {
            let params: DidSaveTextDocumentParams = read(params)?;
            with(workspace, params.text_document.uri.as_str(), |book, _| book.touch());
            Ok(())
        }
        "workspace/didChangeWatchedFiles" => {
            let params: DidChangeWatchedFilesParams = read(params)?;
            for change in params.changes {
                with(workspace, change.uri.as_str(), |book, _| book.touch());
            }
            Ok(())
        }
        "workspace/didChangeWorkspaceFolders" => {
            let params: DidChangeWorkspaceFoldersParams = read(params)?;
            let gone: Vec<PathBuf> =
                params.event.removed.iter().filter_map(|folder| path_of(folder.uri.as_str())).collect();
            workspace.folders.retain(|folder| !gone.contains(folder));
            workspace.folders.extend(params.event.added.iter().filter_map(|folder| path_of(folder.uri.as_str())));
            workspace.open_folders();
            Ok(())
        }
        _ => Ok(()),
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, String> {
    serde_json::from_value(params).map_err(|error| error.to_string())
}

/// Does something with the book of a file; nothing where the file is of no book.
fn with(workspace: &mut Workspace, address: &str, act: impl FnOnce(&mut crate::editor::workspace::OpenBook, &str)) {
    if let Some((book, path)) = workspace.place(address) {
        act(book, &path);
    }
}

fn opened(workspace: &mut Workspace, params: DidOpenTextDocumentParams) -> Result<(), String> {
    let document = params.text_document;
    if document.text.len() > MAX_TEXT {
        return Err("the text is too long".to_owned());
    }
    let address = document.uri.as_str().to_owned();
    with(workspace, &address.clone(), |book, path| {
        book.texts.insert(path.to_owned(), OpenText { address, version: document.version, text: document.text });
        book.touch();
    });
    Ok(())
}

fn changed(workspace: &mut Workspace, encoding: Encoding, params: DidChangeTextDocumentParams) -> Result<(), String> {
    let Some((book, path)) = workspace.place(params.text_document.uri.as_str()) else { return Ok(()) };
    let open = book.texts.get_mut(&path).ok_or("the text was never opened")?;
    for change in params.content_changes {
        match change.range {
            None => open.text = change.text,
            Some(range) => {
                let bytes = Lines::of(&open.text, encoding).bytes(range);
                open.text.replace_range(bytes, &change.text);
            }
        }
        if open.text.len() > MAX_TEXT {
            open.text.clear();
            return Err("the text is too long".to_owned());
        }
    }
    open.version = params.text_document.version;
    book.touch();
    Ok(())
}
