"""查询: who may look into the lake for what. Rights become part of the question; every look is on record. No tables."""
