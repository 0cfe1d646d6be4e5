// Checks that the sums of a batch are within the numbers of Double.
extension BatchSums {
  /// Whether every value was certainly finite and small enough to be clustered, where all rows have
  /// a weight.
  var isFinite: Bool {
    // Far below the largest value, for a sum of many squares is compared.
    let limit = FiniteCheck<Scalar>.limit * 1e130
    return squares.withRows { squares in
      var isFinite = true
      for place in 0..<squares.count * squares.columns {
        // False for NaN.
        isFinite = isFinite && squares.base[place] <= limit
      }
      return isFinite
    }
  }

  /// Whether some cluster with a weight has sums so small that products may have underflowed.
  var hasTinySums: Bool {
    deviations.withRows { deviations in
      squares.withRows { squares in
        weights.indices.contains { cluster in
          weights[cluster] > 0
            && (0..<columns).contains {
              !(deviations[cluster][$0].magnitude >= 0x1p-900 && squares[cluster][$0] >= 0x1p-900)
            }
        }
      }
    }
  }
}
