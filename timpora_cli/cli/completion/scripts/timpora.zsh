#compdef timpora
# Completion of timpora in zsh. What the program answers is only ever put into an array, never evaluated.

_timpora() {
    # The program itself decides what matches, so there is no use in asking it again for another of zsh's matchers.
    (( _matcher_num > 1 )) && return 1
    local program=${${(Q)words[1]}/#\~\//$HOME/} kind
    local -a answer
    answer=("${(@f)$(
        _TIMPORA_COMPLETE=zsh $program "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2> /dev/null < /dev/null
    )}")
    kind=$answer[1]
    shift answer
    [[ $kind == *' =' ]] && compset -P 1 '*='
    case $kind in
        files*) _files ;;
        values*) _describe -V -t values value answer -U -i "$IPREFIX" ;;
        listed*)
            # They share less than what was typed: that stays, until one of them is chosen.
            [[ $compstate[insert] == *unambiguous* ]] && compstate[insert]=
            compstate[list]='list force'
            _describe -V -t values value answer -U -i "$IPREFIX"
            ;;
        *) return 1 ;;
    esac
}

(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
if [[ $funcstack[1] == _timpora ]]; then
    _timpora "$@"
else
    compdef _timpora timpora
fi
