#!/bin/sh
# Counts files for Leat. The parameters are in the environment, so nothing has to parse the request;
# what is printed must be JSON, so every text goes through json_text.
set -u

# An awk function that writes a text as JSON.
quote='
    function quote(text,    answer, at, letter) {
        for (at = 1; at <= length(text); at++) {
            letter = substr(text, at, 1)
            if (letter == "\\" || letter == "\"") answer = answer "\\" letter
            else if (letter ~ /[[:cntrl:]]/) answer = answer "?"
            else answer = answer letter
        }
        return "\"" answer "\""
    }
'

json_text() {
    TEXT=$1 awk "$quote"'BEGIN { printf "%s", quote(ENVIRON["TEXT"]) }'
}

fail() {
    printf '{"error": {"code": "%s", "message": %s, "retryable": false}}\n' "$1" "$(json_text "$2")"
    exit 0
}

sizes() {
    if stat -c %s / > /dev/null 2>&1; then
        find "$folder" -type f -name "$pattern" -exec stat -c '%s %n' {} +
    else
        find "$folder" -type f -name "$pattern" -exec stat -f '%z %N' {} +
    fi
}

pattern=${LEAT_PARAMETER_PATTERN:-*}
case $LEAT_PARAMETER_PATH in
    /*) folder=$LEAT_PARAMETER_PATH ;;
    *) folder=$LEAT_BASE_DIRECTORY/$LEAT_PARAMETER_PATH ;;
esac

[ -d "$folder" ] || fail files.not-found "There is no folder $folder."
printf '{"log": %s}\n' "$(json_text "Counting $pattern in $folder")"

sizes | awk "$quote"'
    # A name with a line end in it goes on in a line that does not begin with a size.
    /^[0-9]+ \// {
        files++
        bytes += $1
        if (files == 1 || $1 > most) { most = $1; path = substr($0, length($1) + 2) }
    }
    END {
        if (files == 0) {
            print "{\"result\": {\"files\": 0, \"bytes\": 0, \"largest\": null}}"
        } else {
            printf "{\"result\": {\"files\": %d, \"bytes\": %.0f, \"largest\": {\"path\": %s, \"bytes\": %.0f}}}\n",
                files, bytes, quote(path), most
        }
    }'
