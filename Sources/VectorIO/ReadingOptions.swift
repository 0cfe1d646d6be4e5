/// How a file is to be read; what is not said is found out from the file.
public struct ReadingOptions: Sendable, Hashable {
  /// The format; nil takes it from the file name's extension, or else from the first bytes.
  public var format: VectorFormat?
  /// Which columns become the columns of the rows.
  public var columns: ColumnSelection
  /// How many values a row has, for formats that do not say it themselves.
  public var dimension: Int?
  /// Which array of an npz file is read: the name of a member without `.npy`. It may be left out
  /// where there is one array only.
  public var array: String?
  /// What becomes of rows that hold something else than finite numbers.
  public var onInvalid: InvalidRows
  /// Whether rows whose values are all zero are invalid, too, as they are for the cosine distance;
  /// only where invalid rows are skipped.
  public var skipsZeroRows: Bool

  /// Options of which all have a default.
  public init(
    format: VectorFormat? = nil, columns: ColumnSelection = .numeric, dimension: Int? = nil,
    array: String? = nil, onInvalid: InvalidRows = .error, skipsZeroRows: Bool = false
  ) {
    self.format = format
    self.columns = columns
    self.dimension = dimension
    self.array = array
    self.onInvalid = onInvalid
    self.skipsZeroRows = skipsZeroRows
  }
}
