#compdef gamma-ok
# Completions of gamma-ok for zsh: source <(gamma-ok completions zsh), after compinit; or this text as the file _gamma-ok in a
# folder of $fpath.
# It asks the program, so that it knows every option (`manual --up-to`) with its values, and the ids of the book at hand.
_gamma-ok() {
    local line
    local -a candidates
    while IFS= read -r line; do
        candidates+=("$line")
    done < <(command gamma-ok completions zsh -- "${(@Q)words[1,CURRENT]}" 2>/dev/null)
    if (( $#candidates )); then
        _describe -V gamma-ok candidates
    else
        _files
    fi
}
if [ "${funcstack[1]}" = _gamma-ok ]; then
    _gamma-ok "$@"
else
    compdef _gamma-ok gamma-ok
fi
