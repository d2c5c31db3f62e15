# Completions of gamma-ok for bash: source <(gamma-ok completions bash)
# It asks the program, so that it knows every option (`manual --up-to`) with its values, and the ids of the book at hand.
_gamma_ok() {
    local candidate
    COMPREPLY=()
    while IFS= read -r candidate; do
        COMPREPLY+=("$candidate")
    done < <(command gamma-ok completions bash -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
}
# Where there is nothing to propose, bash proposes files.
complete -o default -F _gamma_ok gamma-ok
