"""Ola has the laptop in his hands, and all the time in the world. What does it tell him?"""
