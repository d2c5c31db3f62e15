# Completions of gamma-ok for fish: gamma-ok completions fish | source; or this text as the file
# ~/.config/fish/completions/gamma-ok.fish
# It asks the program, so that it knows every option (`manual --up-to`) with its values, and the ids of the book at hand.
function __gamma_ok_complete
    set --local words (commandline --current-process --tokenize --cut-at-cursor)
    set --local current (commandline --current-token --cut-at-cursor)
    set --local candidates (command gamma-ok completions fish -- $words "$current" 2>/dev/null)
    if test (count $candidates) -gt 0
        printf '%s\n' $candidates
    else
        __fish_complete_path "$current"
    end
end
complete -c gamma-ok --erase
complete -c gamma-ok --no-files --keep-order --arguments '(__gamma_ok_complete)'
