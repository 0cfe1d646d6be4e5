// The files that are damaged, of each format some.
extension FuzzTests {
  static let textSeeds: [(name: String, bytes: [UInt8])] = [
    ("a.npy", npy(shape: "(3, 2)", data: NPYHeaderTests.data)),
    ("a.npy", npy(descr: "'>i2'", fortran: "True", shape: "(2, 3)", data: .init(0..<12))),
    ("a.csv", Array("id,\"na\"\"me\",x\r\n1,\"a,\nb\",-2.5e-3\n\n2,c,+.5\n3,d,1e22".utf8)),
    ("a.tsv", Array("\u{feff}1\t2 \n3\t\"4\"\n".utf8)),
    ("-", gzipMember(Array("a;b\n1;2\n3;4\n".utf8))),
    ("a.f32", NPYHeaderTests.data),
    (
      "a.csv",
      Array("t,k,x\n2026-11-21T09:30:00.5Z,\"a\nb\",1\n1969-12-31 23:00-01,,2\n7,c,3\n".utf8)
    ),
    ("a.csv", Array("1,2\nNA,3\n?,-0\n1e999,4\n5,null\n6,\n7,8\n".utf8)),
    ("a.libsvm", Array("1 1:0.5 3:-2 # c\r\n-1,2 qid:3 2:1e-3\n\n2:2 4:44\n0\n".utf8)),
    ("a.svm.gz", gzipMember(Array("1 0:0.5 1:-2\n-1 1:7\n".utf8))),
    ("a.spark", Array("[1.0,2.5]\n(2,[0,1],[3.0,4.0])\r\n(1.0,(2,[0],[1.5]))\n1,2 3\n".utf8)),
    ("a.csv", Array("# c\n\na b\t x\n1  2 3\r\n # d\n\"4\" 5 6\nNA 7 8\n#\n".utf8)),
    ("a.csv", Array("x;y\n1,5;2\n-3,25e1;\"4,5\"\n1.5;0\n7;8,\n".utf8)),
    ("a.txt", Array("a|b\n1|2\n|\"3\"\n4|nan\n".utf8)),
    ("a.spark", Array("(3,[0,2],[1.0,-3.0E-5])\n( 1.0 , [ 1 , 2,3 ])\n(3,[],[])\n".utf8)),
    ("a.mtx", Array(EntryTextTests.texts[1].utf8)),
    ("-", Array("%%MatrixMarket matrix coordinate pattern symmetric\n% c\n3 3 2\n1 1\n3 1\n".utf8)),
    ("docword.a.txt", Array(EntryTextTests.docword.utf8)),
  ]

  static let binarySeeds: [(name: String, bytes: [UInt8])] =
    BinarySample.all.map { ($0.name, $0.file) } + [
      ("a.fbin", countedHeader(3, 2) + NPYHeaderTests.data),
      ("a.npz", ZipFile([ZipFile.Member("x.npy", ArrayArchiveTests.array)]).file),
      (
        "a.npz",
        ZipFile([ZipFile.Member("x.npy", ArrayArchiveTests.turned, isDeflated: true)]).file
      ),
      ("a.npz", NumPyArchivesTests.bytes(SciPyFilesTests.csr)),
      ("a.npz", NumPyArchivesTests.bytes(SciPyFilesTests.csc)),
      ("a.npz", NumPyArchivesTests.bytes(SciPyFilesTests.coo)),
      ("-", idxHeader(8, [2, 1, 2]) + [1, 2, 3, 4]),
      ("a.safetensors", SafetensorsTests.one("BF16", "2,2", [0, 63, 1, 2, 3, 4, 5, 6])),
      ("-", SafetensorsTests.one("F64", "2", [UInt8](repeating: 1, count: 16))),
    ]
}
