"""Times two readers of the same .h5ad files, each as a process of its own, in turn."""
import os
import statistics
import subprocess
import sys
import time

READ = """
import sys, warnings
warnings.simplefilter("ignore")
import anndata, numpy
x = anndata.read_h5ad(sys.argv[1]).X
print(*x.shape, float(x.sum(dtype="f8")))
"""
IMPORT = "import anndata, numpy"


def make(folder):
  import anndata
  import numpy as np
  from scipy import sparse

  generator = np.random.default_rng(1)
  x = generator.normal(size=(20_000, 900)).astype(np.float32)
  thin = np.where(generator.random(x.shape) < 0.05, x, 0)
  tables = {
    "dense": (x, None), "dense gzip": (x, "gzip"), "sparse": (sparse.csr_matrix(thin), None),
    "sparse gzip": (sparse.csr_matrix(thin), "gzip")}
  paths = {}
  for name, (values, compression) in tables.items():
    paths[name] = os.path.join(folder, name.replace(" ", "-") + ".h5ad")
    if not os.path.exists(paths[name]):
      data = anndata.AnnData(values)
      data.obs_names = [f"P{i}" for i in range(20_000)]
      data.obs["label"] = np.where(np.arange(20_000) % 2 == 0, "a", "b")
      data.write_h5ad(paths[name], compression=compression)
  return paths


def timed(command):
  start = time.perf_counter()
  output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
  return time.perf_counter() - start, output.split()


def main():
  studies, folder, results = sys.argv[1:]
  lines = [
    "# Reading of .h5ad", "",
    "Written by `Benchmarks/readers/run`: 20,000 × 900, whole processes in turn, median of five, in",
    "seconds. `without start` leaves out what Python takes to import anndata.", "",
    "| file | equipoise | anndata | ratio | without start |", "|---|---|---|---|---|"]
  start = statistics.median(timed([sys.executable, "-c", IMPORT])[0] for _ in range(5))
  for name, path in make(folder).items():
    ours, theirs = [], []
    for _ in range(5):
      seconds, mine = timed([studies, "read", path])
      ours.append(seconds)
      seconds, other = timed([sys.executable, "-c", READ, path])
      theirs.append(seconds)
    assert mine[1:3] == other[:2], (mine, other)
    assert abs(float(mine[3]) - float(other[2])) < 1e-6 * max(1, abs(float(other[2]))), (mine, other)
    a, b = statistics.median(ours), statistics.median(theirs)
    lines.append(f"| {name} | {a:.2f} | {b:.2f} | {b / a:.1f} × | {(b - start) / a:.1f} × |")
  text = "\n".join(lines) + "\n"
  with open(results, "w") as file:
    file.write(text)
  print(text)


if __name__ == "__main__":
  main()
