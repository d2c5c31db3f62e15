//! A real editor without a window: Neovim with its own client. Skipped, with a word, where it is lacking; with
//! `GAMMA_OK_REQUIRE_PROGRAMS` set, as CI does, that is a failure.

use std::process::{Command, Stdio};

use crate::support::{Book, binary};

/// What the editor does: it opens the sequence, breaks a trait, waits for the finding, takes the mend, completes another
/// trait, renames a standard, and saves. Each step that fails ends it with a word.
const STEPS: &str = r#"
local program, root, file = vim.env.GAMMA_OK, vim.env.BOOK, vim.env.BOOK .. '/sequences/visit.yaml'
local function stop(what) io.stderr:write(what .. '\n') vim.cmd('cquit') end
local function wait(what, holds) if not vim.wait(60000, holds, 20) then stop('in vain: ' .. what) end end
vim.o.swapfile = false
vim.cmd('edit ' .. file)
local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({name = 'gamma-ok', cmd = {program, 'lsp'}, root_dir = root})
vim.lsp.buf_attach_client(buffer, id)
local client = vim.lsp.get_client_by_id(id)
wait('initialize', function() return client.initialized end)
local function line_of(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, true)) do
    local at = line:find(text, 1, true)
    if at then return number - 1, at - 1, line end
  end
  stop('not there: ' .. text)
end
local function replace(old, new)
  local number, at = line_of(old)
  vim.api.nvim_buf_set_text(buffer, number, at, number, at + #old, {new})
end
local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 60000)
  for _, answer in pairs(answers or {}) do
    if answer.err then stop(method .. ': ' .. vim.inspect(answer.err)) end
    return answer.result
  end
  stop('no answer: ' .. method)
end
local function place(text, further)
  local number, at = line_of(text)
  vim.api.nvim_win_set_cursor(0, {number + 1, at + (further or 0)})
  return vim.lsp.util.make_position_params(0, client.offset_encoding)
end
local function found(code)
  for _, finding in ipairs(vim.diagnostic.get(buffer)) do if finding.code == code then return finding end end
end

replace('traits: [friendly]', 'traits: [frendly]')
wait('the finding', function() return found('unknown-trait') end)
place('frendly')
local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
params.context = {diagnostics = {}}
local actions = ask('textDocument/codeAction', params)
local mend
for _, action in ipairs(actions) do if action.title:find('friendly', 1, true) then mend = action end end
if not mend then stop('no mend: ' .. vim.inspect(actions)) end
vim.lsp.util.apply_workspace_edit(mend.edit, client.offset_encoding)
wait('the mended finding to go', function() return not found('unknown-trait') end)

replace('traits: [friendly]', 'traits: [friendly, prom]')
local proposed = ask('textDocument/completion', place('prom]', 4))
local chosen
for _, item in ipairs(proposed) do if item.label == 'prompt' then chosen = item end end
if not chosen then stop('prompt is not proposed') end
vim.lsp.util.apply_text_edits({chosen.textEdit}, buffer, client.offset_encoding)

local rename = place('id: greet', 4)
rename.newName = 'welcome'
vim.lsp.util.apply_workspace_edit(ask('textDocument/rename', rename), client.offset_encoding)
vim.cmd('silent wall')
vim.lsp.stop_client(id)
vim.cmd('qall!')
"#;

#[test]
#[expect(clippy::disallowed_macros, reason = "whoever runs the tests reads what was skipped")]
fn a_real_editor_finds_mends_completes_and_renames() {
    if Command::new("nvim").arg("--version").stdout(Stdio::null()).status().is_err() {
        assert!(std::env::var_os("GAMMA_OK_REQUIRE_PROGRAMS").is_none(), "`nvim` is lacking");
        eprintln!("skipped: `nvim` is lacking");
        return;
    }
    let book = Book::sound().with("steps.lua", STEPS);
    let by_command = Book::sound().edit("sequences/visit.yaml", "traits: [friendly]", "traits: [friendly, prompt]");
    by_command.run("rename standard:greet welcome").ends(0);
    let run = Command::new("nvim")
        .args(["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c"])
        .arg(format!("luafile {}", book.path().join("steps.lua").display()))
        .env("GAMMA_OK", binary())
        .env("BOOK", book.path())
        .env("LC_ALL", "C.UTF-8")
        .env("XDG_CACHE_HOME", book.path().join("out"))
        .env("XDG_STATE_HOME", book.path().join("out"))
        .stdin(Stdio::null())
        .output()
        .expect("the editor runs");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success(), "{said}");
    assert_eq!(book.read("sequences/visit.yaml"), by_command.read("sequences/visit.yaml"), "{said}");
    // What `check` says of it is what it says of the book that the command renamed.
    let checked = |book: &Book| book.run("check --format json").stdout();
    std::fs::remove_file(book.path().join("steps.lua")).expect("the steps");
    assert_eq!(checked(&book), checked(&by_command));
}
