"""Schemes and held certificates: what makes a maker eligible."""
