#!/usr/bin/env bash
# Speaks every line of lines.tsv into a headerless G.711 mu-law file, 8 kHz mono, in whole 20 ms frames.
# Needs espeak-ng and sox from Debian: apt-get install espeak-ng sox
# Run it again after editing lines.tsv, and commit what it writes.
#
# espeak-ng reads Hebrew letters without their vowels, and names vowel points letter by letter. So a Hebrew line
# carries its phonemes in the fifth column, `spoken`; its text remains what a transcript says.
set -euo pipefail

for tool in espeak-ng sox; do
    if ! command -v "$tool" >/dev/null; then
        echo "$tool is missing: apt-get install espeak-ng sox" >&2
        exit 1
    fi
done

resources="$(cd "$(dirname "${BASH_SOURCE[0]}")/../resources/io/ringdown/bridge" && pwd)"
wav="$(mktemp --suffix=.wav)"
trap 'rm -f "$wav"' EXIT

declare -A english=([server]=en-gb+f2 [model]=en-us+f3 [caller]=en-us+m3)
declare -A hebrew=([server]=he+f2 [model]=he+f3 [caller]=he+m3)

voice() {
    local language="$1" speaker="$2"
    case "$language" in
        en) echo "${english[$speaker]}" ;;
        he) echo "${hebrew[$speaker]}" ;;
        *) echo "no voice for the language $language" >&2; return 1 ;;
    esac
}

destination() {
    local name="$1" language="$2" speaker="$3"
    case "$speaker" in
        server) echo "$resources/clips/$language/$name.ulaw" ;;
        *) echo "$resources/simulator/speech/$name.ulaw" ;;
    esac
}

# No dither (-D): silence must stay the code 0xFF. Room is made first for what filters add; the peak is set last.
encode() {
    local out="$1"
    sox -D "$wav" -t raw -e mu-law -b 8 -c 1 "$out" \
        gain -6 rate -v 8000 highpass 120 \
        silence 1 0.005 0.25% reverse silence 1 0.005 0.25% reverse \
        gain -n -6 pad 0.05 0.05
    local over=$(($(stat -c %s "$out") % 160))
    head -c $(((160 - over) % 160)) /dev/zero | tr '\0' '\377' >>"$out"
}

while IFS=$'\t' read -r name language speaker text spoken; do
    spokenBy="$(voice "$language" "$speaker")"
    out="$(destination "$name" "$language" "$speaker")"
    mkdir -p "$(dirname "$out")"
    espeak-ng -v "$spokenBy" -s 155 -w "$wav" -- "${spoken:-$text}" </dev/null
    encode "$out"
    echo "${out#"$resources/"}: $(($(stat -c %s "$out") / 8)) ms, by $spokenBy"
done < <(tail -n +2 "$resources/audio/lines.tsv")
