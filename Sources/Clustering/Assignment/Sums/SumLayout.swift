/// How the sums of a cluster lie in memory, as the kernels that accumulate want them: a value a
/// column, zeros that fill up whole vectors, and last the weight and the number of its rows.
struct SumLayout {
  /// Values from one cluster to the next.
  let stride: Int

  init(columns: Int) { stride = (columns + 2 + 7) / 8 * 8 }

  func weight(of cluster: Int) -> Int { (cluster + 1) * stride - 2 }
  func number(of cluster: Int) -> Int { (cluster + 1) * stride - 1 }
}
