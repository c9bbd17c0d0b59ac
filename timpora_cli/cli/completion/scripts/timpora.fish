# Completion of timpora in fish. What the program answers is only ever put into a list, never evaluated.

function __timpora_complete
    set -l words (commandline -opc)
    set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
    set -l token (commandline -ct | string collect)
    set -l answer (_TIMPORA_COMPLETE=fish $program $words[2..-1] "$token" 2>/dev/null </dev/null)
    switch "$answer[1]"
        case values
            printf '%s\n' $answer[2..-1]
        case files
            set -l head (string match -r '^--[^=]+=' -- "$token")
            for path in (__fish_complete_path (string replace -- "$head" '' "$token" | string replace -r '^["\']' ''))
                printf '%s\n' "$head$path"
            end
    end
end

complete -c timpora -f -k -a '(__timpora_complete)'
