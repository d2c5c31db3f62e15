"""The figures by DuckDB: prints rows as JSON."""

import json
import sys
from pathlib import Path

import duckdb

data = Path(sys.argv[1])
connection = duckdb.connect()
parts = str(data / "units" / "*" / "*.parquet").replace("'", "''")
connection.execute(f"CREATE VIEW units AS SELECT * FROM read_parquet('{parts}', hive_partitioning = true)")
rows = connection.execute((Path(__file__).parent / "figures.sql").read_text(encoding="utf-8")).fetchall()
# Sums of weight are decimals, which JSON has none of.
json.dump([[str(cell) if index in (7, 8) else cell for index, cell in enumerate(row)] for row in rows], sys.stdout)
