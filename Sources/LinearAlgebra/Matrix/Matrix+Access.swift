// The values of a matrix: as spans, views, rows, and one by one.
extension Matrix {
  /// All values, row after row, borrowed.
  public var span: Span<Scalar> {
    @_lifetime(borrow self)
    get {
      let base = address
      let span = unsafe Span(_unsafeStart: base, count: rows * columns)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// All values, row after row, to be changed in place.
  ///
  /// - Complexity: O(1), or O(rows columns) where another matrix shares the memory.
  public var mutableSpan: MutableSpan<Scalar> {
    @_lifetime(&self)
    mutating get {
      makeUnique()
      let base = address
      let span = unsafe MutableSpan(_unsafeStart: base, count: rows * columns)
      return unsafe _overrideLifetime(span, mutating: &self)
    }
  }

  /// A view of all rows, borrowed.
  public var view: MatrixView<Scalar> {
    @_lifetime(borrow self)
    get {
      let view = MatrixView(base: address, rows: rows, columns: columns, rowStride: columns)
      return unsafe _overrideLifetime(view, borrowing: self)
    }
  }

  /// One row, borrowed.
  ///
  /// - Precondition: `0 <= row < rows`.
  public subscript(row: Int) -> Span<Scalar> {
    @_lifetime(borrow self)
    get {
      precondition(row >= 0 && row < rows, "row \(row) of a matrix of \(rows) rows")
      let base = address + row * columns
      let span = unsafe Span(_unsafeStart: base, count: columns)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// One value.
  ///
  /// - Precondition: `0 <= row < rows` and `0 <= column < columns`.
  public subscript(row: Int, column: Int) -> Scalar {
    get {
      precondition(
        row >= 0 && row < rows && column >= 0 && column < columns,
        "value (\(row), \(column)) of a \(rows) x \(columns) matrix")
      return storage.base[row * columns + column]
    }
    set {
      precondition(
        row >= 0 && row < rows && column >= 0 && column < columns,
        "value (\(row), \(column)) of a \(rows) x \(columns) matrix")
      makeUnique()
      storage.base[row * columns + column] = newValue
    }
  }

  /// The address of the first value. Not inlined: borrowing it through the class inside a getter of
  /// a span crashes the optimiser of Swift 6.3.1.
  private var address: UnsafeMutablePointer<Scalar> {
    @inline(never) get { storage.base }
  }

  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) {
      storage = storage.copy(count: rows * columns, capacity: storage.capacity)
    }
  }
}

extension Matrix: Hashable {
  public static func == (left: Matrix, right: Matrix) -> Bool {
    guard left.rows == right.rows, left.columns == right.columns else { return false }
    if left.storage === right.storage { return true }
    return (0..<left.rows * left.columns).allSatisfy {
      left.storage.base[$0] == right.storage.base[$0]
    }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(rows)
    hasher.combine(columns)
    for index in 0..<rows * columns { hasher.combine(storage.base[index]) }
  }
}
