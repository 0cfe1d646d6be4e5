// `import Clustering` brings the matrices with it, and what reading or writing a model may throw.
@_exported public import enum KMeansFiles.FileError
@_exported public import KMeansLinearAlgebra
