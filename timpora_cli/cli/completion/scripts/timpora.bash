# Completion of timpora in bash, 4.4 or newer. What the program answers is only ever put into an array, never evaluated.

_timpora_completion() {
    local -a answer
    COMPREPLY=()
    mapfile -t answer < <(
        _TIMPORA_COMPLETE=bash COLUMNS=${COLUMNS-} "${1/#'~/'/"$HOME/"}" \
            "$COMP_TYPE" "${COMP_LINE:0:COMP_POINT}" "$2" 2> /dev/null < /dev/null
    )
    case ${answer[0]-} in
        values) COMPREPLY=("${answer[@]:1}") ;;
        files) compopt -o default ;;
    esac
}

complete -o nosort -F _timpora_completion timpora
