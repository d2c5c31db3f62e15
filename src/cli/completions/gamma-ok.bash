# Completions of gamma-ok for bash: source <(gamma-ok completions bash)
_gamma_ok() {
    local candidate
    COMPREPLY=()
    while IFS= read -r candidate; do
        COMPREPLY+=("$candidate")
    done < <(command gamma-ok completions bash -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
}
# Where there is nothing to propose, bash proposes files.
complete -o default -F _gamma_ok gamma-ok
