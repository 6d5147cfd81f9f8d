"""Functions of the model language: scalar ones become SQL; named ones are pure Python over Decimals."""
